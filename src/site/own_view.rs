//! What each kind adds to its page.

use std::ops::Deref;

use crate::content::kinds::{
    Check, Collection, ContextModule, LinkItem, Model, Project, Prompt, Setup, Step, Variable, VariableType, Win,
    Workflow, WorkingDescription,
};
use crate::content::template::UseOf;
use crate::content::{Fields, Kind};
use crate::diagnostics::Diagnostic;
use crate::fields::List;
use crate::handbook::{Ix, Listed, ListedItem, PersonIx};
use crate::site::address::{encode, twin_path};
use crate::site::links::web_link;
use crate::site::{Site, fill, prompt_block, twins};
use crate::text::Spanned;
use crate::text::words::capitalised;
use crate::theme::view::{
    ContextView, ExampleView, IterationView, LinkView, NoteView, OptionView, OwnView, SetupView, StepView, ValuesView,
    VariableView, WorksWithView,
};

type Outcome = Result<OwnView, Box<Diagnostic>>;

/// The part of the page that only this kind has.
pub(super) fn view(site: &Site, ix: Ix, path: &str) -> Outcome {
    let own = Own { site, ix, path };
    match &site.handbook.entry(ix).fields {
        Fields::Prompt(fields) => Ok(own.prompt(fields)),
        Fields::Project(fields) => own.project(fields),
        Fields::WorkingDescription(fields) => own.working_description(fields),
        Fields::ContextModule(fields) => Ok(own.context_module(fields)),
        Fields::Workflow(fields) => Ok(own.workflow(fields)),
        Fields::Win(fields) => own.win(fields),
        Fields::Model(fields) => Ok(own.model(fields)),
        Fields::Person(fields) => own.person(&fields.links),
        Fields::Collection(fields) => own.collection(fields),
        Fields::Page(_) => Ok(OwnView::default()),
    }
}

struct Own<'s> {
    site: &'s Site,
    ix: Ix,
    path: &'s str,
}

impl Own<'_> {
    fn prompt(&self, prompt: &Prompt) -> OwnView {
        let context = self.context();
        OwnView {
            messages: self.messages(),
            fill: fill::json(self.site, self.ix),
            variables: prompt.variables.iter().map(|variable| self.variable(variable)).collect(),
            context_before: context.iter().any(|item| item.stands_before),
            context,
            works_with: prompt.works_with.iter().map(|tried| self.works_with(tried)).collect(),
            checks: prompt.checks.iter().map(|check| self.check(check)).collect(),
            examples: prompt.examples.iter().map(|example| self.example(prompt, example)).collect(),
            ..OwnView::default()
        }
    }

    fn variable(&self, variable: &Variable) -> VariableView {
        VariableView {
            name: variable.name().to_owned(),
            label: variable.label(),
            help: text(variable.help.as_ref()),
            options: options(variable, self.site.handbook.options(self.ix, variable)),
            kind: variable.variable_type().word().to_owned(),
            required: variable.is_required(),
            default: variable.default_value().to_owned(),
            example: variable.example.as_ref().map(|example| example.0.clone()).unwrap_or_default(),
        }
    }

    fn context(&self) -> Vec<ContextView> {
        let listed = Listed::of(&self.site.handbook, self.ix);
        let mut uses = self.site.handbook.entry(self.ix).messages.iter().flat_map(|message| &message.template.uses);
        let has_place = uses.any(|used| used.of == UseOf::Context);
        let view = |listed: &ListedItem<'_>| {
            let entry = listed.module.map(|ix| self.site.handbook.entry(ix));
            let slot = listed.slot().unwrap_or_default();
            ContextView {
                module: listed.module.map(|ix| self.site.entry_link(ix)),
                id: entry.map(|entry| entry.id.to_string()).unwrap_or_default(),
                twin: entry.map(|entry| encode(&twin_path(&entry.id))).unwrap_or_default(),
                version: entry.map(|entry| text(entry.common.version.as_ref())).unwrap_or_default(),
                slot_label: spaced(slot),
                options: if slot.is_empty() { String::new() } else { self.site.slot_options(slot, listed.module) },
                slot: slot.to_owned(),
                required: listed.item.is_required(),
                stands_before: !listed.is_placed && !has_place,
            }
        };
        listed.items.iter().map(view).filter(|view| view.module.is_some() || !view.slot.is_empty()).collect()
    }

    fn works_with(&self, tried: &crate::content::kinds::WorksWith) -> WorksWithView {
        let result = tried.result.as_ref().map_or("", |result| result.word());
        WorksWithView {
            model: tried.model.as_ref().map(|name| self.model_link("works_with", name)).unwrap_or_default(),
            tested_on: self.site.maybe_day(tried.tested_on.as_ref().map(|date| date.value)),
            result: result.to_owned(),
            result_label: if result.is_empty() {
                String::new()
            } else {
                self.site.word_of("result", result).to_owned()
            },
            note: text(tried.note.as_ref()),
        }
    }

    /// The text to send, each message in a block.
    fn messages(&self) -> String {
        let mut html = String::new();
        let blocks = prompt_block::Blocks::new(self.site, self.ix, self.path);
        for nth in 0..self.site.handbook.entry(self.ix).messages.len() {
            blocks.render(nth, &mut html);
        }
        html
    }

    /// A link to a model's entry, or its plain name.
    fn model_link(&self, field: &'static str, name: &str) -> LinkView {
        match self.site.handbook.meaning(self.ix, field, name) {
            Some(ix) => self.site.entry_link(ix),
            None => LinkView { label: name.to_owned(), ..LinkView::default() },
        }
    }

    fn check(&self, check: &Check) -> String {
        match check {
            Check::Sentence(sentence) => sentence.clone(),
            Check::MustNotContain(words) => format!("{} “{words}”", self.site.word("must_not_contain")),
            Check::MaxWords(count) => format!("{} {count}", self.site.word("max_words")),
        }
    }

    fn example(&self, prompt: &Prompt, example: &crate::content::kinds::Example) -> ExampleView {
        let label = |name: &str| {
            let variable = prompt.variables.iter().find(|variable| variable.name() == name);
            variable.map_or_else(|| name.to_owned(), |variable| variable.label())
        };
        ExampleView {
            title: text(example.title.as_ref()),
            inputs: example.inputs.0.iter().map(|(name, value)| (label(name), value.0.clone())).collect(),
            output: text(example.output.as_ref()),
            model: example.model.as_ref().map(|name| self.model_link("examples", name).label).unwrap_or_default(),
        }
    }

    fn project(&self, project: &Project) -> Outcome {
        let context = self.context();
        Ok(OwnView {
            messages: self.messages(),
            fill: fill::json(self.site, self.ix),
            context_before: context.iter().any(|item| item.stands_before),
            context,
            entries: self.entries("prompts", "starter_prompts")?,
            setup: project.setup.iter().map(|setup| setup_view(setup)).collect(),
            links: web_links(&project.links),
            ..OwnView::default()
        })
    }

    fn working_description(&self, work: &WorkingDescription) -> Outcome {
        let iteration = |round: &Spanned<crate::content::kinds::Iteration>| IterationView {
            tried: text(round.tried.as_ref()),
            saw: text(round.saw.as_ref()),
            changed: text(round.changed.as_ref()),
        };
        Ok(OwnView {
            context: self.context(),
            entries: self.entries("prompts", "starter_prompts")?,
            iterations: work.iterations.iter().map(iteration).collect(),
            ..OwnView::default()
        })
    }

    fn context_module(&self, module: &ContextModule) -> OwnView {
        let values = module.values.0.iter().map(|(name, list)| ValuesView {
            name: name.value.clone(),
            values: list.iter().map(|value| value.value.clone()).collect(),
        });
        OwnView {
            text: twins::loadable(self.site, self.ix),
            includes: self.site.handbook.referred(self.ix, "includes").map(|ix| self.site.entry_link(ix)).collect(),
            values: values.collect(),
            short: text(module.short.as_ref()),
            ..OwnView::default()
        }
    }

    fn workflow(&self, workflow: &Workflow) -> OwnView {
        OwnView {
            notes: self.notes([("start_with", workflow.start_with.as_ref()), ("end_with", workflow.end_with.as_ref())]),
            steps: workflow.steps.iter().map(|step| self.step(step)).collect(),
            ..OwnView::default()
        }
    }

    fn step(&self, step: &Step) -> StepView {
        let prompt = step.prompt.as_ref().and_then(|id| self.site.handbook.meaning(self.ix, "steps", id));
        let trust = step.trust.as_ref().map_or("", |trust| trust.word());
        StepView {
            title: text(step.title.as_ref()),
            prompt: prompt.map(|ix| self.site.entry_link(ix)),
            text: text(step.text.as_ref()),
            model: step.model.as_ref().map(|name| self.model_link("steps", name)),
            carry: text(step.carry.as_ref()),
            checkpoint: text(step.checkpoint.as_ref()),
            trust: trust.to_owned(),
            trust_label: if trust.is_empty() { String::new() } else { self.site.word_of("trust", trust).to_owned() },
            optional: step.optional.as_ref().is_some_and(|optional| optional.value),
        }
    }

    fn win(&self, win: &Win) -> Outcome {
        let notes = [("before", win.before.as_ref()), ("after", win.after.as_ref()), ("try_it", win.try_it.as_ref())];
        let entries = self.entries("entries", "made_possible_by")?;
        Ok(OwnView { notes: self.notes(notes), entries, ..OwnView::default() })
    }

    fn model(&self, model: &Model) -> OwnView {
        let list = |key: &'static str, texts: &List<String>| NoteView {
            key: key.to_owned(),
            label: self.site.word(key).to_owned(),
            texts: texts.iter().map(|text| text.value.clone()).collect(),
        };
        let mut notes = vec![list("good_at", &model.good_at), list("poor_at", &model.poor_at)];
        notes.extend(self.notes([("data_rules", model.data_rules.as_ref())]));
        notes.retain(|note| !note.texts.is_empty());
        let links = model.open_url.iter().map(|url| web_link(url, None)).collect();
        OwnView { links, notes, ..OwnView::default() }
    }

    fn person(&self, links: &List<LinkItem>) -> Outcome {
        let person = self.site.handbook.people.iter().position(|person| person.profile == Some(self.ix)).map(PersonIx);
        let lists = person.map(|person| super::people::lists(self.site, person, self.path)).transpose()?;
        Ok(OwnView { links: web_links(links), person: lists.unwrap_or_default(), ..OwnView::default() })
    }

    fn collection(&self, _: &Collection) -> Outcome {
        Ok(OwnView { entries: self.entries("entries", "in_this_collection")?, ..OwnView::default() })
    }

    fn entries(
        &self,
        field: &'static str,
        key: &'static str,
    ) -> Result<Option<crate::theme::view::CardsView>, Box<Diagnostic>> {
        let entries: Vec<Ix> = self
            .site
            .handbook
            .referred(self.ix, field)
            .filter(|ix| self.site.handbook.entry(*ix).kind != Kind::Person)
            .collect();
        self.site.cards_under(self.site.word(key), &entries, self.path)
    }

    /// Notes of one text each, those that are there.
    fn notes<T: Deref<Target = str>, const N: usize>(
        &self,
        texts: [(&'static str, Option<&Spanned<T>>); N],
    ) -> Vec<NoteView> {
        let note = |(key, text): (&'static str, Option<&Spanned<T>>)| {
            text.map(|text| NoteView {
                key: key.to_owned(),
                label: self.site.word(key).to_owned(),
                texts: vec![text.value.to_string()],
            })
        };
        texts.into_iter().filter_map(note).collect()
    }
}

fn setup_view(setup: &Setup) -> SetupView {
    SetupView { tool: text(setup.tool.as_ref()), steps: setup.steps.iter().map(|step| step.value.clone()).collect() }
}

fn web_links(links: &List<LinkItem>) -> Vec<LinkView> {
    let link = |item: &Spanned<LinkItem>| {
        item.0.url.as_ref().map(|url| web_link(url, item.0.label.as_ref().map(|l| l.value.as_str())))
    };
    links.iter().filter_map(link).collect()
}

/// The choices of a variable, and which of them are its default.
fn options(variable: &Variable, values: Vec<String>) -> Vec<OptionView> {
    let default = variable.default_value();
    let is_several = variable.variable_type() == VariableType::Multi;
    let chosen = |value: &str| {
        !default.is_empty() && (value == default || is_several && default.split(',').any(|one| one.trim() == value))
    };
    values.into_iter().map(|value| OptionView { chosen: chosen(&value), value }).collect()
}

/// A slot's name as words: `reader_type` is `Reader type`.
fn spaced(name: &str) -> String {
    capitalised(&name.replace('_', " "))
}

fn text<T: Deref<Target = str>>(written: Option<&Spanned<T>>) -> String {
    written.map(|text| text.value.to_string()).unwrap_or_default()
}
