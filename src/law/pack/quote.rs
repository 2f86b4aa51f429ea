//! The articles that a rule rests on, and its words in them.

use toml::Spanned;

use super::{Article, Pack};
use crate::text::Fault;

pub(super) fn known_article<'a>(
    article: &Spanned<String>,
    pack: &'a Pack,
) -> Result<&'a Article, Fault> {
    pack.articles.get(article.get_ref()).ok_or_else(|| {
        let what = format!(
            "there is no [article.\"{}\"]; write it with its `title` and `text`",
            article.get_ref()
        );
        Fault::new(article.span(), what)
    })
}

/// Refuses words that the article does not have: a bound must be quoted, never paraphrased.
pub(super) fn quoted(quote: &Spanned<String>, article: &Article) -> Result<String, Fault> {
    let bare = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    };
    let parts = quote
        .get_ref()
        .split('…')
        .map(bare)
        .filter(|part| !part.is_empty());
    let text = bare(&article.text);
    let mut any = false;
    for part in parts {
        any = true;
        if !text.contains(&part) {
            return Err(Fault::new(
                quote.span(),
                "these words do not stand in the article; quote it as it is",
            ));
        }
    }
    if any {
        Ok(quote.get_ref().clone())
    } else {
        Err(Fault::new(quote.span(), "the quote is empty"))
    }
}
