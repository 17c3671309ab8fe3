//! The names of all checks, with the manual page of each.

use crate::diagnostics::Severity;

/// Declares every rule once: its name, its severity where the config sets none, and the doc comment, which is
/// both the item's documentation and what `handbook explain NAME` prints.
macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident = $name:literal, $severity:ident $(, $fixed:ident)?;)+) => {
        /// A named check. The name is stable: it is written in `handbook.toml`, in CI logs and in links.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[doc = $doc])+ $rule,)+
        }

        /// Every rule, in the order of the manual.
        pub const RULES: &[Rule] = &[$(Rule::$rule),+];

        impl Rule {
            /// The stable name, e.g. `unknown-key`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$rule => $name),+ }
            }

            /// The severity where the config sets none.
            pub fn severity(self) -> Severity {
                match self { $(Self::$rule => Severity::$severity),+ }
            }

            /// Whether the config may not change the severity, because no right page could be made.
            pub fn is_fixed(self) -> bool {
                match self { $(Self::$rule => rules!(@fixed $($fixed)?)),+ }
            }

            /// The manual page, as Markdown.
            pub fn doc(self) -> String {
                let lines: &[&str] = match self { $(Self::$rule => &[$($doc),+]),+ };
                lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
            }
        }
    };
    (@fixed fixed) => { true };
    (@fixed) => { false };
}

impl Rule {
    /// The rule of a name.
    pub fn named(name: &str) -> Option<Self> {
        RULES.iter().copied().find(|rule| rule.name() == name)
    }
}

rules! {
    /// A file in `content/` is not UTF-8 text.
    ///
    /// Some of its bytes form no character, so nobody could say what the page would show. This happens when a
    /// file was saved as Latin-1, Windows-1252 or UTF-16, or when a picture got the ending `.md`.
    ///
    /// Save it again as UTF-8 (in most editors: File, Save with encoding).
    NotUtf8 = "not-utf8", Error, fixed;

    /// A file is larger, or nested deeper, than the handbook reads.
    ///
    /// A file may have 1 MiB, its front matter 64 KiB, and quotes and lists in one another 100 levels. An entry that
    /// needs more is nearly always a paste of something else; put that beside the entry as an attachment. A prompt may
    /// have 200 variables, and a variable 1000 options: nobody fills more.
    ///
    /// Lists and texts that other pages repeat have limits of their own, such as 50 tags and a title of 200 characters;
    /// the message names the one that is passed. So have the pages and the options of forms that a whole handbook makes.
    TooLarge = "too-large", Error, fixed;

    /// Something in `content/` is not an ordinary file: a symbolic link, a device or a pipe.
    ///
    /// A link could publish a file from outside the handbook, so it is never followed. Copy the file instead.
    NotAFile = "not-a-file", Error, fixed;

    /// A file name that cannot become an address.
    ///
    /// Names are refused that some system cannot store (`con.md`, `a:b.md`, a trailing dot), that would hide the
    /// page (a leading dot), or that the site needs for pages of its own (`search.md`, `tags/…`, `prompts/index.md`).
    /// The same goes for a file that an entry shows or links to. The site keeps names for what is still to come, too:
    /// `llms.txt`, `api/…`, `insights.md`. A folder is reported once, for all that is in it.
    ///
    /// Rename the file; where it was published before, keep the old address alive with `aliases = ["old/name"]`.
    UnusableName = "unusable-name", Error, fixed;

    /// Two of the entries, aliases and attachments want the same address.
    ///
    /// Addresses are compared without letter case and in one Unicode form, because many hosts and file systems
    /// do so: `Launch.md` and `launch.md` are one page there, and one of them would be lost. Everybody who is named in a
    /// field has a page below `people/`, which no alias of another entry may take. An entry has further files under its name,
    /// `launch.json` and `launch.zip`, which no attachment may take; and nothing lies below an attachment, since no system
    /// has a folder and a file of one name.
    DuplicateAddress = "duplicate-address", Error, fixed;

    /// The front matter is neither valid TOML nor valid YAML, or its closing line is missing.
    ///
    /// An entry starts with a line `+++`, then TOML (`key = "value"`), then a line `+++`. Text values need
    /// quotes, lists need brackets, dates are written `2026-11-20` without quotes. YAML (`key: value`) stands between
    /// two lines `---`.
    ///
    /// ```toml
    /// +++
    /// title = "Launch email"
    /// tags = ["launch", "email"]
    /// created = 2026-05-04
    /// +++
    /// ```
    ///
    /// Nothing may stand before the first line, not even an empty one.
    ///
    /// Lines that look like front matter and are not read as such are an error too: under `----` or a long dash, in a block
    /// of code, as JSON, without fences, behind a heading, or a second time further down. They may say that the entry is
    /// a draft, so it is held back until it is clear what they mean.
    FrontMatterSyntax = "front-matter-syntax", Error, fixed;

    /// An entry has no title, neither in its front matter nor as a heading of level 1.
    ///
    /// The title is how people find an entry and how links name it. Without one the entry is called after its file.
    ///
    /// ```toml
    /// title = "Launch email for a new feature"
    /// ```
    MissingTitle = "missing-title", Hint;

    /// A part that cannot do without some field lacks it.
    ///
    /// A variable needs a `name`, a workflow's step a `title`, an iteration at least what was `tried`, a win its
    /// `date`. The message says which field is missing where.
    MissingField = "missing-field", Error;

    /// A key that another tool put into the front matter.
    ///
    /// Where it says what a field of the handbook says, it is read: `description` is the summary, `author` and `date` say
    /// who wrote the entry and when, `categories` are tags, `draft: true` keeps it back. Of others, such as `layout` or
    /// `weight`, nothing is made on an ordinary page; in a prompt, a win or any other kind they are mistakes, see
    /// `unknown-key`.
    ///
    /// What the other tool would not publish is kept back here too: `headless: true`, `permalink: false`, and until it
    /// has come the day of `date`, `published` or `publishDate`.
    ForeignKey = "foreign-key", Hint;

    /// A key that the handbook does not know.
    ///
    /// A misspelt key would be silently without effect, so it is an error. The help line names the nearest known
    /// key.
    ///
    /// One that may have been meant for `status` or `audience` stays an error whatever the config says, and the entry is
    /// kept back: by its name, such as `visibility` or `wip`, or by its value, such as `draft` or a narrower audience.
    UnknownKey = "unknown-key", Error;

    /// A value has the wrong type: a text where a list belongs, a quoted date, a number in quotes.
    ///
    /// ```toml
    /// tags = ["launch"]        # a list, even of one
    /// created = 2026-05-04     # a date, without quotes
    /// minutes_saved = 45       # a number, without quotes
    /// ```
    WrongType = "wrong-type", Error;

    /// A value is of the right type and still cannot be.
    ///
    /// A variable's name has characters that a name cannot have, a default is not among the options, a date
    /// of review lies before the day it was created, two variables share a name.
    ///
    /// In YAML a blank and `#` begin a comment, so `owner: #jo` says nothing, and `title: Issue #4` is called `Issue`. The
    /// first is an error, the second a warning, and a hint where the sign stands between blanks: put the text in quotes, or
    /// the comment on a line of its own.
    InvalidValue = "invalid-value", Error;

    /// A term is not in its closed list.
    ///
    /// Status, trust, variable types and the five skills are fixed by the handbook; roles, tasks, channels and
    /// audiences by `handbook.toml`. A closed list is what keeps a facet's page complete: with `email` and
    /// `e-mail` side by side each would show half.
    ///
    /// Use the term that the help line suggests, or add yours to `handbook.toml`. A status or audience that nobody knows
    /// stays an error whatever the config says, and until it is mended the entry is a draft, or for the narrowest.
    UnknownTerm = "unknown-term", Error;

    /// The summary is missing, or longer than 200 characters.
    ///
    /// The summary stands under the title in every list and search result. One plain sentence: what you get.
    Summary = "summary", Hint;

    /// A prompt or project has no text to send.
    ///
    /// The text stands in a fenced block whose first line is three backticks and the word `prompt`. Everything
    /// else on the page is for the reader; only that block is copied.
    NoPromptText = "no-prompt-text", Error;

    /// A prompt block that nothing closes.
    ///
    /// A block ends at a line with the backticks of its first line and nothing else. Without one, everything that
    /// follows is part of the text: the notes for colleagues would be sent along with the prompt.
    UnclosedPrompt = "unclosed-prompt", Error;

    /// Braces in a prompt that are not of the template grammar.
    ///
    /// The whole grammar: `{{name}}` for a variable, `{{context}}`, `{{context:module}}`, `{{slot:name}}`, and
    /// `{{#if name}}…{{else}}…{{/if}}`. Write `\{{` for a literal pair of braces.
    TemplateSyntax = "template-syntax", Error;

    /// A prompt uses a variable, module or slot that it does not declare.
    ///
    /// Only declared names are blanks that the page asks for. Declare it, correct the spelling, or write `\{{` if
    /// the braces are meant as text.
    ///
    /// ```toml
    /// [[variables]]
    /// name = "feature"
    /// ```
    UndeclaredVariable = "undeclared-variable", Error;

    /// A variable is declared and never used.
    ///
    /// The page would ask the reader for something that changes nothing. Use it in the prompt or take it away.
    UnusedVariable = "unused-variable", Warning;

    /// A link to a file of the handbook that is not there.
    ///
    /// Links between entries are written as relative paths to the Markdown file, so that they also work in an
    /// editor and on the code host: `[voice](../context/brand-voice.md)`.
    BrokenLink = "broken-link", Error;

    /// A link's `#anchor` names no heading of the page it leads to.
    ///
    /// A heading's anchor is its text in lower case, without punctuation, with hyphens for spaces:
    /// `## What to check` is `#what-to-check`.
    BrokenAnchor = "broken-anchor", Error;

    /// An image that is not there, or a file that is no picture.
    ///
    /// Images lie beside the entry and are named by a relative path: `![The funnel](funnel.png)`.
    MissingImage = "missing-image", Error;

    /// A reference to an entry that does not exist.
    ///
    /// A reference is an entry's path below `content/` without `.md`; where the field already says the kind, the
    /// folder may be dropped: `context = ["brand-voice"]` means `context/brand-voice`.
    UnknownReference = "unknown-reference", Error;

    /// A name of a person that is nearly, and not quite, that of somebody who has a profile.
    ///
    /// Fields for people take any name, and whoever has no profile gets a page made from the name. So a slip of the
    /// keyboard makes a second person of a colleague, with half of the work on each page. Correct the name, or leave it
    /// if there really are two.
    UnknownPerson = "unknown-person", Hint;

    /// A short reference that fits more than one entry.
    ///
    /// Write the whole id, e.g. `prompts/launch-email`.
    AmbiguousReference = "ambiguous-reference", Error;

    /// An entry names itself in one of its fields.
    ///
    /// A collection with itself in its list, or an entry that is related to itself, sends readers to the page that
    /// they are on.
    SelfReference = "self-reference", Warning;

    /// Context modules include one another in a circle, or replacements lead back to where they began.
    ///
    /// The message shows the path. Take one of its steps away.
    ReferenceCycle = "reference-cycle", Error;

    /// A context module with all that it includes is more than 256 KiB or more than 50 modules.
    ///
    /// No AI tool takes that much at once, and a loop of generous includes can grow without an end. The message
    /// shows the longest path of includes; split the module into parts that a prompt can pick from. Each module is
    /// published with all that it includes, so all of them together may have 16 MiB and 10 times what they have alone.
    ExpansionLimit = "expansion-limit", Error;

    /// An entry for a wider audience refers to one for a narrower audience.
    ///
    /// Readers of the wider site would meet a dead link, or the title of something they must not see. Widen the
    /// audience of the one, narrow that of the other, or drop the reference.
    NarrowerAudience = "narrower-audience", Error, fixed;

    /// A published entry refers to a draft.
    ///
    /// A draft is not on the site, so the reference would lead nowhere. Finish the draft or drop the reference.
    DraftReference = "draft-reference", Error;

    /// A context module is past its `valid_until`.
    ///
    /// Stale context makes every prompt that loads it wrong in the same way. Let its owner read it again, mend
    /// it, and set a new date.
    ExpiredContext = "expired-context", Warning;

    /// An entry's `review_by` has passed.
    ///
    /// Somebody trusts this entry because of its review. Read it again, set `updated` and a new `review_by`, or
    /// set `status = "deprecated"`.
    OverdueReview = "overdue-review", Warning;

    /// A day that tells when something happened is still to come.
    ///
    /// `created`, `updated`, a win's `date`, a model's `checked_on` and a test's `tested_on` tell what was. An entry
    /// that was updated next year would head every list of what is new until then. One day ahead is no mistake: it
    /// may be tomorrow where the author lives.
    FutureDate = "future-date", Warning;

    /// A worked example does not fit its own prompt any more.
    ///
    /// Its output contains what the prompt's `checks` forbid, or has more words than they allow; or its inputs lack
    /// a blank that the prompt needs, or have a value that the form would refuse. Readers learn from the example
    /// what to expect, so it must be one that the prompt gives today. Letter case does not count.
    ///
    /// Run the prompt again and paste what comes back, or change the check.
    StaleExample = "stale-example", Warning;

    /// A deprecated entry names no replacement.
    ///
    /// Readers who arrive from an old link want to know where to go: `replaced_by = "prompts/new-one"`.
    NoReplacement = "no-replacement", Hint;

    /// A working description lacks one of the headings that make it useful.
    ///
    /// Objective, Context given and What I learned are what a colleague needs to work the same way.
    MissingSection = "missing-section", Hint;

    /// HTML tags in Markdown.
    ///
    /// Content is never trusted with HTML: a tag is shown as text. Markdown has what a page needs; write `\<` or
    /// put the tag in backticks when it is meant to be read. Tags that no browser knows, such as the `<example>` of a
    /// prompt, are text anyway and no problem.
    RawHtml = "raw-html", Warning;

    /// A link whose scheme could run something or leave the reader's machine open.
    ///
    /// Links may be relative, or begin with `https:`, `http:`, `mailto:` or `tel:`. Everything else is shown as
    /// plain text.
    UnsafeLink = "unsafe-link", Error;

    /// A link without a text.
    ///
    /// Nothing of it is seen on a page, and whoever reads its source would find it: `[](https://a.example)`. It is left
    /// out of everything that is published. Write between the brackets where it leads.
    EmptyLink = "empty-link", Warning;

    /// An attachment that a browser could run, or that loads something from elsewhere.
    ///
    /// Pages, scripts and pictures with scripts in them could do anything on the site's address, and a picture that
    /// loads a file from elsewhere tells that place who looks at it. Attach a PDF, an image, a table or an archive
    /// instead.
    ///
    /// An SVG passes when it is well-formed XML without a document type and holds only what draws: no scripts, no parts
    /// of web pages, nothing from elsewhere, no link that leads out of it and no markup in comments. What its parts refer
    /// to is counted whenever it is drawn: one of more than some 100,000 elements, or that draws itself, would freeze
    /// each page that shows it. Export any other as PNG, or with everything in it that it shows. What was checked is
    /// what is published.
    UnsafeAttachment = "unsafe-attachment", Error, fixed;

    /// A block of code is too much to be coloured.
    ///
    /// Finding the words of a language costs time for every line, and a page waits for it. A block of more than 64 KiB,
    /// or with a line of more than 1,000 bytes, is shown in one colour; so is what comes after 256 KiB of code on one
    /// page. Nobody reads so much on a page: show the lines that matter, or attach the file. Write `text` instead of the
    /// language where one colour is meant.
    PlainCode = "plain-code", Hint;

    /// Invisible characters.
    ///
    /// Zero-width spaces, direction overrides, fillers and tag characters cannot be seen, and a model reads them: the
    /// usual way to smuggle an instruction into a shared prompt. They are left out of everything that is published.
    /// Joiners and selectors stay where a script or an emoji is spelt with them.
    ///
    /// A long run of blanks hides what follows it, far to the right or below the screen. It is shortened to 120 columns
    /// or 24 empty lines. A heap of marks covers the lines around it: a character keeps eight. What stands behind the fence of a block of code is on no page either: nothing but the name of a
    /// language is kept.
    HiddenCharacter = "hidden-character", Warning;

    /// A context module with a tag that looks like the one around it.
    ///
    /// In a prompt each module stands between `<context name="…">` and `</context>`. A tag of that name inside could
    /// pass what follows off as another module, or as the prompt itself, also with full-width signs, letters of another
    /// script, or as an entity. It is defused when the module is loaded: `<\context`. Give it another name.
    ImitatedContext = "imitated-context", Warning;

    /// A theme's template has a mistake.
    ///
    /// The message is the template engine's, with the file and line of the template.
    ThemeError = "theme-error", Error, fixed;

    /// A file of a theme that nothing reads.
    ///
    /// A theme has templates, styles, scripts and strings, each in a folder of that name. A file elsewhere, or of
    /// another type, changes nothing, which is rarely what its author meant. Nor does a symbolic link, or a template
    /// that has neither the name of a built-in one nor is named by another of yours.
    UnusedThemeFile = "unused-theme-file", Warning;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found() {
        for rule in RULES {
            assert_eq!(Rule::named(rule.name()), Some(*rule));
            assert!(rule.doc().len() > 60, "{} has no manual page", rule.name());
        }
    }
}
