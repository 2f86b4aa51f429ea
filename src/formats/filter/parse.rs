//! The text of a condition → its tree and the columns in it.

use sqlparser::ast::{BinaryOperator, Expr, Ident, UnaryOperator, Value};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, Tokenizer};

use super::compare::FilterCell;
use super::{FilterError, Node, Operand, Relation};

/// More words and signs than this are refused, as trees are walked by recursion; lists may be of any length.
const MOST: usize = 2_000;

/// Parses one condition, with nothing behind it.
pub(super) fn parse(text: &str) -> Result<(Node, Vec<String>), FilterError> {
    let wrong = |why: String| FilterError::Syntax {
        text: text.to_owned(),
        why,
    };
    let dialect = GenericDialect {};
    let tokens = Tokenizer::new(&dialect, text)
        .tokenize()
        .map_err(|error| wrong(error.to_string()))?;
    let is_item = |token: &&Token| {
        matches!(
            token,
            Token::Number(..) | Token::SingleQuotedString(_) | Token::Comma | Token::Whitespace(_)
        )
    };
    if tokens.iter().filter(|token| !is_item(token)).count() > MOST {
        return Err(wrong(
            "it is too long; use IN for many values of one column".to_owned(),
        ));
    }
    let mut parser = Parser::new(&dialect).with_tokens(tokens);
    let said = |error: sqlparser::parser::ParserError| {
        let text = error.to_string();
        let text = text.strip_prefix("sql parser error: ").unwrap_or(&text);
        wrong(if text.contains("found: EOF") {
            "something is missing at its end".to_owned()
        } else {
            text.to_owned()
        })
    };
    let expr = parser.parse_expr().map_err(said)?;
    let behind = parser.peek_token();
    if behind.token != Token::EOF {
        return Err(wrong(format!("`{}` stands behind its end", behind.token)));
    }
    let mut tree = Tree::default();
    let root = tree.node(&expr)?;
    Ok((root, tree.columns))
}

#[derive(Default)]
struct Tree {
    columns: Vec<String>,
}

impl Tree {
    fn node(&mut self, expr: &Expr) -> Result<Node, FilterError> {
        Ok(match expr {
            Expr::Nested(inner) => self.node(inner)?,
            Expr::UnaryOp {
                op: UnaryOperator::Not,
                expr,
            } => negate(self.node(expr)?, true),
            Expr::BinaryOp {
                op: op @ (BinaryOperator::And | BinaryOperator::Or),
                ..
            } => {
                let mut nodes = Vec::new();
                self.chain(expr, op, &mut nodes)?;
                if *op == BinaryOperator::And {
                    Node::All(nodes)
                } else {
                    Node::Any(nodes)
                }
            }
            Expr::BinaryOp { left, op, right } => {
                let relation = match op {
                    BinaryOperator::Eq => Relation::Equal,
                    BinaryOperator::NotEq => Relation::NotEqual,
                    BinaryOperator::Lt => Relation::Less,
                    BinaryOperator::LtEq => Relation::LessOrEqual,
                    BinaryOperator::Gt => Relation::Greater,
                    BinaryOperator::GtEq => Relation::GreaterOrEqual,
                    _ => return unsupported(expr),
                };
                Node::Compare(self.operand(left)?, relation, self.operand(right)?)
            }
            Expr::InList {
                expr,
                list,
                negated,
            } => {
                let operand = self.operand(expr)?;
                let list = list.iter().map(|item| self.operand(item));
                negate(
                    Node::Among(operand, list.collect::<Result<_, _>>()?),
                    *negated,
                )
            }
            Expr::Between {
                expr,
                negated,
                low,
                high,
            } => {
                let operand = self.operand(expr)?;
                let low = Node::Compare(
                    operand.clone(),
                    Relation::GreaterOrEqual,
                    self.operand(low)?,
                );
                let high = Node::Compare(operand, Relation::LessOrEqual, self.operand(high)?);
                negate(Node::All(vec![low, high]), *negated)
            }
            Expr::Like {
                negated,
                any: false,
                expr: text,
                pattern,
                escape_char: None,
            } => negate(self.like(text, pattern, false)?, *negated),
            Expr::ILike {
                negated,
                any: false,
                expr: text,
                pattern,
                escape_char: None,
            } => negate(self.like(text, pattern, true)?, *negated),
            Expr::IsNull(inner) => Node::IsNull(self.operand(inner)?),
            Expr::IsNotNull(inner) => negate(Node::IsNull(self.operand(inner)?), true),
            Expr::Value(value) => match value.value {
                Value::Boolean(truth) => Node::Constant(truth),
                _ => return unsupported(expr),
            },
            _ => return unsupported(expr),
        })
    }

    /// The members of a chain of the same operator, which the parser nests to the left.
    fn chain(
        &mut self,
        expr: &Expr,
        op: &BinaryOperator,
        nodes: &mut Vec<Node>,
    ) -> Result<(), FilterError> {
        match expr {
            Expr::BinaryOp {
                left,
                op: inner,
                right,
            } if inner == op => {
                self.chain(left, op, nodes)?;
                nodes.push(self.node(right)?);
            }
            other => nodes.push(self.node(other)?),
        }
        Ok(())
    }

    fn like(&mut self, text: &Expr, pattern: &Expr, fold: bool) -> Result<Node, FilterError> {
        let Expr::Value(value) = pattern else {
            return unsupported(pattern);
        };
        let Value::SingleQuotedString(signs) = &value.value else {
            return unsupported(pattern);
        };
        let signs = if fold {
            signs.to_lowercase()
        } else {
            signs.clone()
        };
        Ok(Node::Like(
            self.operand(text)?,
            signs.chars().collect(),
            fold,
        ))
    }

    fn operand(&mut self, expr: &Expr) -> Result<Operand, FilterError> {
        let literal = |text: String| Operand::Literal(FilterCell::new(text.into()));
        Ok(match expr {
            Expr::Nested(inner) => self.operand(inner)?,
            Expr::Identifier(Ident { value, .. }) => Operand::Column(self.column(value)),
            Expr::Value(value) => match &value.value {
                Value::Number(text, _) => literal(text.clone()),
                // Cells are read without the blanks around them, so literals are too.
                Value::SingleQuotedString(text) => literal(text.trim().to_owned()),
                Value::Boolean(truth) => literal(u8::from(*truth).to_string()),
                Value::Null => Operand::Literal(FilterCell::null()),
                _ => return unsupported(expr),
            },
            Expr::UnaryOp {
                op: UnaryOperator::Minus,
                expr: inner,
            } => match &**inner {
                Expr::Value(value) => match &value.value {
                    Value::Number(text, _) => literal(format!("-{text}")),
                    _ => return unsupported(expr),
                },
                _ => return unsupported(expr),
            },
            _ => return unsupported(expr),
        })
    }

    fn column(&mut self, name: &str) -> usize {
        let known = self.columns.iter().position(|column| column == name);
        known.unwrap_or_else(|| {
            self.columns.push(name.to_owned());
            self.columns.len() - 1
        })
    }
}

fn negate(node: Node, negated: bool) -> Node {
    if negated {
        Node::Not(Box::new(node))
    } else {
        node
    }
}

fn unsupported<T>(expr: &Expr) -> Result<T, FilterError> {
    Err(FilterError::Unsupported(expr.to_string()))
}
