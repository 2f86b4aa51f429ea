//! `plotratio dossier`: a page for each of some parcels of a finished run (一地块一档).

use std::error::Error;

use super::dossier_arguments::DossierArguments;
use super::progress::Bars;
use super::results::spare_run;
use super::{say, use_threads};
use crate::formats::Filter;
use crate::law::measures::Catalogue;
use crate::law::pack::Pack;
use crate::progress::Progress as _;
use crate::read::{RunBook, Wanted, read_book};
use crate::write::{Dossier, Language, ResultFolder};

/// Writes the pages.
pub(super) fn run(arguments: &DossierArguments, language: Language) -> Result<(), Box<dyn Error>> {
    use_threads(arguments.threads)?;
    spare_run(&arguments.run, &arguments.to.out)?;
    let wanted = Wanted {
        ids: arguments.parcel.clone(),
        filter: arguments.filter.as_deref().map(Filter::parse).transpose()?,
    };
    let bars = Bars::new(arguments.to.quiet, language);
    bars.step("run", None);
    let book = read_book(&arguments.run, &wanted)?;
    let pack = pack(&book, arguments.policy.as_deref())?;
    let folder = ResultFolder::begin(&arguments.to.out, arguments.to.overwrite)?;
    bars.step("pages", Some(book.chosen.len() as u64));
    let dossier = Dossier::new(&book, pack.as_ref(), language);
    let summary = dossier.write(&folder, &|pages| bars.advance(pages))?;
    folder.commit()?;
    drop(bars);
    if arguments.to.json {
        say(&serde_json::to_string(&summary)?);
    } else if !arguments.to.quiet {
        let index = arguments.to.out.join("index.html").display().to_string();
        let text = language.of(
            "{0} 宗宗地，每宗一页。目录：{1}",
            "{0} parcels, a page each. Index: {1}",
        );
        say(&text
            .replace("{0}", &summary.pages.to_string())
            .replace("{1}", &index));
    }
    Ok(())
}

/// The policy that the run was judged by, as far as its text is here and the same; one that is named must be the same.
fn pack(book: &RunBook, named: Option<&str>) -> Result<Option<Pack>, Box<dyn Error>> {
    let sum = book
        .summary
        .pointer("/policy/sha256")
        .and_then(serde_json::Value::as_str);
    let same = |pack: &Pack| sum == Some(pack.sha256.as_str());
    let Some(named) = named else {
        let known = Pack::known().any(|id| id == book.facts.policy);
        let pack = known
            .then(|| Pack::load(&book.facts.policy, &Catalogue))
            .transpose()?;
        return Ok(pack.filter(same));
    };
    let pack = Pack::load(named, &Catalogue)?;
    if !same(&pack) {
        return Err(format!(
            "`--policy {named}` is not the text that `{}` was judged by (another SHA-256); name the pack as it was then, or run `scan` again",
            book.facts.folder
        )
        .into());
    }
    Ok(Some(pack))
}
