//! What a variable lets its reader choose from, where its options stand in a list of a context module.

use crate::content::Fields;
use crate::content::kinds::{Options, Variable};
use crate::handbook::catalog::Catalog;
use crate::handbook::reference::{Outcome, ResolvedReference};
use crate::handbook::{Handbook, Ix};

impl Catalog {
    /// The module that the `options_from` of a variable of an entry means, which is the same one on every site, and the
    /// name of the list in it; `None` where there is no such module.
    pub fn options_module<'w>(&self, entry: Ix, written: &'w str) -> Option<(Ix, &'w str)> {
        let (module, list) = written.rsplit_once('/')?;
        let means = |own: &&ResolvedReference| {
            own.reference.field == Variable::KEYS.options_from && *own.reference.written == *module
        };
        match self.references_of(entry).iter().find(means)?.outcome {
            Outcome::Entry(ix) => Some((ix, list)),
            _ => None,
        }
    }

    /// The values of the list that the `options_from` of a variable of an entry means; `None` where there is none.
    pub fn options(&self, entry: Ix, written: &str) -> Option<Vec<&str>> {
        let (ix, list) = self.options_module(entry, written)?;
        let Fields::ContextModule(fields) = &self.entry(ix).fields else { return None };
        fields.list(list).map(|values| values.iter().map(|value| value.value.as_str()).collect())
    }
}

impl Handbook {
    /// The options of a variable of an entry; empty where it takes anything.
    pub fn options(&self, ix: Ix, variable: &Variable) -> Vec<String> {
        match variable.options() {
            Options::None => Vec::new(),
            Options::Listed(options) => options.iter().map(|option| option.0.clone()).collect(),
            Options::From(module, list) => {
                let module = self.meaning(ix, Variable::KEYS.options_from, module).map(|ix| &self.entry(ix).fields);
                let Some(Fields::ContextModule(module)) = module else { return Vec::new() };
                module.list(list).unwrap_or_default().iter().map(|value| value.value.clone()).collect()
            }
        }
    }
}
