//! Placeholders of other tools become variables of the template grammar.
//!
//! Takes a prompt's text, gives the template with `{{name}}` in the places of the placeholders, the
//! variables to declare, and the account of what became what. All other text stays as it is; a literal
//! `{{` is written `\{{`. What is recognised:
//!
//! | written as | taken as a placeholder |
//! |---|---|
//! | `${name}`, `${name:default}` | always, if the name is words (`prompts.chat`) |
//! | `${input:name}`, `${input:name:example}` | always (VS Code) |
//! | `{{name}}`, `{{ name }}` | always, if the name is words |
//! | `[TWO WORDS]`, `[YOUR …]`, `[insert …]`, `<TWO_WORDS>` | in prose, not in code, JSON, links and task boxes |
//! | `{TWO_WORDS}`, `{two_words}` | in prose; then `{word}` in the same prompt too |
//!
//! Everything else in brackets is text: it is named as a hint if it looks like a blank. Start reading at
//! [`convert`]; the styles are in `styles`, where the text is code or JSON in `surroundings`, the names of
//! variables in `names`.

mod brackets;
mod names;
mod styles;
mod surroundings;

use std::collections::BTreeMap;

use self::names::Names;
use self::styles::{Mark, Reading};
use self::surroundings::Surroundings;
use crate::import::clean::{quoted, quoted_list};

/// A prompt in the template grammar.
#[derive(Debug, Default)]
pub struct Converted {
    /// The text with variables, ready for a `prompt` fence.
    pub template: String,
    /// The text with a word in the place of each placeholder, for summaries.
    pub words: String,
    /// The variables to declare, in the order of their first places.
    pub variables: Vec<Variable>,
    /// Every place of a variable, in the order of the text: what undoes the conversion.
    pub placeholders: Vec<Placeholder>,
    /// What was changed, in sentences.
    pub changes: Vec<String>,
    /// What was left alone and is worth a look, in sentences.
    pub hints: Vec<String>,
}

/// A blank that a reader fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name in the template: `[a-z][a-z0-9_]*`, unique within the prompt.
    pub name: String,
    /// The words of the placeholder, as they were written.
    pub label: String,
    /// The value that is used when the reader gives none.
    pub default: Option<String>,
    /// A value that shows what is meant.
    pub example: Option<String>,
}

/// One place of a variable in a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// The variable's name.
    pub name: String,
    /// What stood there.
    pub original: String,
}

/// Turns a prompt of another tool into a template.
#[must_use]
pub fn convert(text: &str) -> Converted {
    let around = Surroundings::of(text);
    let mut work = Work::default();
    // Behind these positions goes what is not copied yet, and what is not reported yet: odd syntax is searched
    // for placeholders inside, but named only as a whole.
    let (mut at, mut copied, mut reported) = (0, 0, 0);
    while let Some(step) = text[at..].find(['$', '{', '[', '<']) {
        let start = at + step;
        at = match styles::read(text, start, &around) {
            Reading::Placeholder(mark) => {
                work.literal(&text[copied..start]);
                work.placeholder(&mark, around.is_code(start));
                copied = mark.end;
                mark.end
            }
            Reading::Odd(end) => {
                if start >= reported {
                    work.odd.note(&text[start..end]);
                    reported = end;
                }
                start + 1
            }
            Reading::Perhaps(end) => {
                work.perhaps.note(&text[start..end]);
                start + 1
            }
            Reading::Text => start + 1,
        };
    }
    work.literal(&text[copied..]);
    work.finish()
}

/// Writes a text so that the template grammar reads it as that text: every `{{` gets a backslash.
///
/// It is enough to look for `{{` from left to right. The grammar takes `\{{` as a pair of braces and any
/// other backslash as itself, so `\{{` is written `\\{{`: a backslash, then a pair.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace("{{", "\\{{")
}

/// What has been converted so far.
#[derive(Default)]
struct Work {
    done: Converted,
    names: Names,
    /// Position in `done.variables` of the variable for each label, whatever way it is spelt.
    of_label: BTreeMap<String, usize>,
    /// What each variable's places looked like, by its position.
    spellings: Vec<Distinct>,
    escaped: usize,
    odd: Distinct,
    perhaps: Distinct,
    in_code: Distinct,
}

/// Texts in the order of their first appearance, each once, with the number of all appearances.
#[derive(Default)]
struct Distinct {
    texts: Vec<String>,
    count: BTreeMap<String, usize>,
}

impl Distinct {
    fn note(&mut self, text: &str) {
        let count = self.count.entry(text.to_owned()).or_default();
        if *count == 0 {
            self.texts.push(text.to_owned());
        }
        *count += 1;
    }

    fn total(&self) -> usize {
        self.count.values().sum()
    }

    fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    fn quoted(&self) -> String {
        quoted_list(self.texts.iter().map(String::as_str))
    }
}

impl Work {
    /// Takes over text between placeholders.
    fn literal(&mut self, text: &str) {
        self.escaped += text.matches("{{").count();
        self.done.template.push_str(&escape(text));
        self.done.words.push_str(text);
    }

    /// Puts a variable in the place of a placeholder.
    fn placeholder(&mut self, mark: &Mark<'_>, is_code: bool) {
        let at = self.variable(mark);
        self.spellings[at].note(mark.original);
        if is_code {
            self.in_code.note(mark.original);
        }
        let name = self.done.variables[at].name.clone();
        self.done.template.push_str("{{");
        self.done.template.push_str(&name);
        self.done.template.push_str("}}");
        self.done.words.push_str(&names::words(mark.label));
        self.done.placeholders.push(Placeholder { name, original: mark.original.to_owned() });
    }

    /// The position of the variable for a placeholder; a label that was seen before is the same variable.
    fn variable(&mut self, mark: &Mark<'_>) -> usize {
        let common = names::common(mark.label);
        if let Some(&at) = self.of_label.get(&common) {
            self.settle_default(at, mark);
            return at;
        }
        let at = self.done.variables.len();
        self.done.variables.push(Variable {
            name: self.names.name(mark.label),
            label: mark.label.to_owned(),
            default: mark.default.map(str::to_owned),
            example: mark.example.map(str::to_owned),
        });
        self.of_label.insert(common, at);
        self.spellings.push(Distinct::default());
        at
    }

    /// Takes the first default that any place of a variable gives, and reports the others.
    fn settle_default(&mut self, at: usize, mark: &Mark<'_>) {
        let variable = &mut self.done.variables[at];
        if variable.example.is_none() {
            variable.example = mark.example.map(str::to_owned);
        }
        let Some(default) = mark.default else { return };
        let kept = variable.default.get_or_insert_with(|| default.to_owned());
        if kept != default {
            let (original, name, kept) = (quoted(mark.original), quoted(&variable.name), quoted(kept));
            self.done.changes.push(format!("{original} lost its default, since {name} has the default {kept} already"));
        }
    }

    /// Writes the account.
    fn finish(mut self) -> Converted {
        let mut changes: Vec<String> = self.conversions().collect();
        let mut defaults = std::mem::take(&mut self.done.changes);
        defaults.dedup();
        changes.append(&mut defaults);
        if self.escaped > 0 {
            changes.push(format!("{} literal `{{{{` became `\\{{{{`, which the grammar reads as `{{{{`", self.escaped));
        }
        self.done.changes = changes;
        self.done.hints = self.hints();
        self.done
    }

    /// A sentence for each variable.
    fn conversions(&self) -> impl Iterator<Item = String> {
        self.done.variables.iter().zip(&self.spellings).map(|(variable, places)| {
            let (from, to) = (places.quoted(), quoted(&variable.name));
            match places.total() {
                1 => format!("{from} became the variable {to}"),
                many => format!("{from} became the variable {to} in {many} places"),
            }
        })
    }

    fn hints(&self) -> Vec<String> {
        let mut hints = Vec::new();
        if !self.odd.is_empty() {
            hints.push(format!(
                "kept as text, since it reads like code or another tool's syntax: {}",
                self.odd.quoted()
            ));
        }
        if !self.perhaps.is_empty() {
            hints.push(format!("kept as text, but it may be a blank to fill: {}", self.perhaps.quoted()));
        }
        if !self.in_code.is_empty() {
            hints.push(format!("stands inside code, so check that it is a blank to fill: {}", self.in_code.quoted()));
        }
        for variable in &self.done.variables {
            hints.extend(choices(variable));
        }
        hints
    }
}

/// A hint for a default that lists the values to choose from.
fn choices(variable: &Variable) -> Option<String> {
    let default = variable.default.as_deref()?;
    default.contains(" | ").then(|| {
        let (name, default) = (quoted(&variable.name), quoted(default));
        format!("the default of {name} reads like a list of choices, so it could be of the type `choice`: {default}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::template::{Segment, Template};

    /// What the handbook reads in a template.
    fn read(template: &str) -> Vec<Segment> {
        let read = Template::parse(template);
        assert_eq!(read.mistakes, [], "in {template}");
        read.segments
    }

    /// The text as it was before the conversion.
    fn undo(converted: &Converted) -> String {
        let mut places = converted.placeholders.iter();
        let restore = |segment| match segment {
            Segment::Text(text) => text,
            Segment::Variable(name) => {
                let place = places.next().expect("a place for each variable");
                assert_eq!(place.name, name);
                place.original.clone()
            }
            other => panic!("an import never writes {other:?}"),
        };
        read(&converted.template).into_iter().map(restore).collect()
    }

    fn check(text: &str, template: &str) -> Converted {
        let converted = convert(text);
        assert_eq!(converted.template, template, "of {text}");
        assert_eq!(undo(&converted), text);
        converted
    }

    fn stays(text: &str) {
        let converted = check(text, &escape(text));
        assert!(converted.variables.is_empty());
    }

    #[test]
    fn escaping_is_undone_by_reading() {
        each_text(&["{", "}", "\\", "a"], 7, &mut |text| {
            let expected: &[Segment] = if text.is_empty() { &[] } else { &[Segment::Text(text.to_owned())] };
            assert_eq!(read(&escape(text)), expected);
        });
    }

    #[test]
    fn whatever_is_converted_can_be_undone() {
        each_text(&["{", "}", "\\", "$", "${a}", "{{a}}", "[A B]", "{a_b}"], 5, &mut |text| {
            assert_eq!(undo(&convert(text)), text);
        });
    }

    /// Every sequence of so many parts.
    fn each_text(parts: &[&str], length: usize, check: &mut impl FnMut(&str)) {
        fn grow(text: &mut String, parts: &[&str], left: usize, check: &mut impl FnMut(&str)) {
            check(text);
            for part in parts.iter().filter(|_| left > 0) {
                let before = text.len();
                text.push_str(part);
                grow(text, parts, left - 1, check);
                text.truncate(before);
            }
        }
        grow(&mut String::new(), parts, length, check);
    }

    #[test]
    fn prompts_chat_placeholders_become_variables() {
        let done = check(
            "${Footballer Name} in ${city:San Francisco}, ${Footballer Name}",
            "{{footballer_name}} in {{city}}, {{footballer_name}}",
        );
        assert_eq!(done.variables.len(), 2);
        assert_eq!(done.variables[0].label, "Footballer Name");
        assert_eq!(done.variables[1].default.as_deref(), Some("San Francisco"));
        assert_eq!(
            done.changes,
            [
                "`${Footballer Name}` became the variable `footballer_name` in 2 places",
                "`${city:San Francisco}` became the variable `city`"
            ]
        );
        assert_eq!(done.words, "Footballer Name in city, Footballer Name");
    }

    #[test]
    fn names_are_spelt_as_the_grammar_wants_them() {
        check("${projectName} ${websiteURL} ${points clés}", "{{project_name}} {{website_url}} {{points_cles}}");
        check("${产品} ${2nd try} ${context} ${if:x}", "{{chan_pin}} {{variable_2nd_try}} {{context_value}} {{if}}");
        check("${user name} ${User-Name} [USER NAME] ${userName}", &["{{user_name}}"; 4].join(" "));
    }

    #[test]
    fn the_first_default_is_kept_and_the_others_are_reported() {
        let done = check("${tone} ${tone:formal} ${tone:casual}", "{{tone}} {{tone}} {{tone}}");
        assert_eq!(done.variables[0].default.as_deref(), Some("formal"));
        assert_eq!(done.changes[1], "`${tone:casual}` lost its default, since `tone` has the default `formal` already");
    }

    #[test]
    fn a_default_may_have_lines_and_braces() {
        let done = check("${data: {\"a\": {}}\nb }!", "{{data}}!");
        assert_eq!(done.variables[0].default.as_deref(), Some("{\"a\": {}}\nb"));
    }

    #[test]
    fn vs_code_inputs_become_variables_with_an_example() {
        let done = check(
            "${input:formName:MyForm} ${input:formName} ${input} ${input:some words}",
            "{{form_name}} {{form_name}} {{input}} {{input}}",
        );
        assert_eq!(done.variables[0].example.as_deref(), Some("MyForm"));
        assert_eq!(done.variables[0].default, None);
        assert_eq!(done.variables[1].default.as_deref(), Some("some words"));
    }

    #[test]
    fn double_braces_become_variables() {
        check("{{name}} {{ name }} {{ Company Name }}", "{{name}} {{name}} {{company_name}}");
        check("when I use {{code here}}. {{paste text here}}", "when I use \\{{code here}}. {{paste_text_here}}");
    }

    #[test]
    fn code_and_other_template_languages_stay_text() {
        for text in ["${a.b}", "${f(x)}", "${a[0]}", "${}", "${ }", "${1}", "${a - b}", "${PORT:-80}", "\\${name}"] {
            stays(text);
        }
        for text in ["{{#if x}}", "{{/if}}", "{{> part}}", "{{{raw}}}", "{{a|b}}", "{{#17.x#}}", "{{", "\\{{name}}"] {
            stays(text);
        }
        stays("${{ github.ref }} ${{ matrix }}");
        stays("${${int}} {{${int}}}");
        stays("\\{${a}}");
        check("{${a}}", "{{{a}}}");
        check("{{#if a}}{{a}}{{else}}b{{/if}}", "\\{{#if a}}{{a}}\\{{else}}b\\{{/if}}");
        assert!(convert("${a.b}").hints[0].ends_with("`${a.b}`"));
    }

    #[test]
    fn slashes_and_apostrophes_are_words_among_words() {
        check(
            "${Brand's core product:hamburger} ${Product/Service Description}",
            "{{brands_core_product}} {{product_service_description}}",
        );
        stays("${width/height}");
        stays("${a / b c}");
    }

    #[test]
    fn plain_brackets_become_variables() {
        check(
            "for [USER NAME] in <COMPANY_NAME>, [your field], [NAME]",
            "for {{user_name}} in {{company_name}}, {{your_field}}, {{name}}",
        );
        check("{OBJECT_NAME}: [INSERT TODAY'S DATE & TIME]", "{{object_name}}: {{insert_todays_date_time}}");
        let done = check("{fitness_goal} at {age}", "{{fitness_goal}} at {{age}}");
        assert_eq!(done.changes.len(), 2);
    }

    #[test]
    fn a_word_in_braces_that_comes_back_is_a_variable() {
        check(
            "act like {character} from {series}. Hi {character}.",
            "act like {{character}} from {{series}}. Hi {{character}}.",
        );
        stays("I map to {Android}. {name} {n}");
    }

    #[test]
    fn ordinary_brackets_stay_text() {
        for text in
            ["inside curly brackets {like this}", "[x] done", "- [ ] todo", "[CHORUS] la", "[READY / NOT READY]"]
        {
            stays(text);
        }
        for text in [
            "[USER GUIDE](guide.md)",
            "![BIG IMAGE](a.png)",
            "see [text][BIG REF]",
            "[BIG REF]: https://a.b",
            "a[MAX SIZE]",
        ] {
            stays(text);
        }
        for text in ["<DIV>", "<BIG TAG>x</BIG TAG>", "Vec<MAX_SIZE>", "[END OF TEXT]", "[insert x]", "\\[USER NAME\\]"]
        {
            stays(text);
        }
    }

    #[test]
    fn brackets_in_code_and_json_stay_text() {
        stays("```\n[USER NAME] {first_name}\n```");
        stays("say `[USER NAME]` twice");
        stays("{\"a\": \"[USER NAME]\", \"b\": \"{first_name}\"}");
        stays("like this:\n  \"name\": \"[USER NAME]\",");
        let done = check("```js\n`Hi ${name}`\n```", "```js\n`Hi {{name}}`\n```");
        assert_eq!(done.hints, ["stands inside code, so check that it is a blank to fill: `${name}`"]);
    }

    #[test]
    fn likely_blanks_are_pointed_out() {
        let done = convert("Write about [topic] for {audience} at [CHORUS] [https://a.b] [x=1]");
        assert_eq!(done.hints, ["kept as text, but it may be a blank to fill: `[topic]`, `{audience}`, `[CHORUS]`"]);
    }

    #[test]
    fn a_default_with_choices_is_pointed_out() {
        assert_eq!(convert("${Mood: epic | solemn}").hints.len(), 1);
    }

    #[test]
    fn hostile_text_is_read_in_linear_time() {
        for part in ["${", "${a:", "{{", "[A ", "<A B>", "{a", "`", "``[A B]", "${a:{", "[[", "{{{{a}}"] {
            let text = part.repeat(200_000 / part.len());
            assert_eq!(undo(&convert(&text)), text);
        }
    }
}
