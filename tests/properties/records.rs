//! Front matter: what is read, written and read again is itself, in TOML and in YAML; and whatever stands between the fences
//! gives values or a problem with a place.

use prompt_handbook::content::{Common, Fields, Kind, kinds};
use prompt_handbook::diagnostics::{Diagnostic, Problems, Severities};
use prompt_handbook::fields::{self, FieldSpec, Known, Record, Shape, Syntax, TableSpec, quoted, write};
use prompt_handbook::text::{Source, Sources};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::cases;

/// Texts that either notation could take for something else, or lose a part of.
const ODD: &[&str] = &[
    "no",
    "yes",
    "true",
    "~",
    "null",
    "1.10",
    "045",
    "0x1F",
    "2026-05-04",
    "a: b",
    "a #b",
    "# a",
    "- a",
    "[a]",
    "{a}",
    "&a",
    "*a",
    "!a",
    "%a",
    "@a",
    "`a`",
    "|",
    ">",
    "'",
    "\"",
    "\\",
    "C:\\new",
    "a\nb",
    "a\n\n  b\n",
    "\ta",
    "ends\t",
    "...",
    "---",
    "+++",
    "===",
    "ä ö ü",
    "日本語",
    "👩‍👩‍👧",
    "a,b",
    "a, b",
    "\u{200e}",
    "?",
    "? a",
    ":",
    "::",
    "<<",
    ".inf",
    "1e3",
];

/// Words, odd ones among them.
fn text() -> BoxedStrategy<String> {
    let odd = select(ODD);
    let word = prop_oneof![odd.prop_map(str::to_owned), "[a-z]{1,8}", any::<String>()];
    vec(word, 1..4).prop_map(|words| words.join(" ")).boxed()
}

fn value(shape: &'static Shape) -> BoxedStrategy<String> {
    let quoted_text = || text().prop_map(|text| quoted(&text));
    match shape {
        Shape::Text | Shape::Long | Shape::Address | Shape::Reference(_) => quoted_text().boxed(),
        Shape::Scalar => prop_oneof![quoted_text(), any::<u32>().prop_map(|n| n.to_string()), day()].boxed(),
        Shape::Whole => any::<u32>().prop_map(|number| number.to_string()).boxed(),
        Shape::YesNo => any::<bool>().prop_map(|truth| truth.to_string()).boxed(),
        Shape::Day => day().boxed(),
        Shape::Term(terms) => select(terms.names()).prop_map(quoted).boxed(),
        Shape::List(item) => vec(value(item), 0..4).prop_map(|items| format!("[{}]", items.join(", "))).boxed(),
        Shape::Table(table) => table_of(table).prop_map(|pairs| format!("{{ {} }}", pairs.join(", "))).boxed(),
        Shape::Map(item) => named(item).prop_map(|pairs| format!("{{ {} }}", pairs.join(", "))).boxed(),
        Shape::Either(shapes) => proptest::strategy::Union::new(shapes.iter().map(value)).boxed(),
    }
}

fn day() -> impl Strategy<Value = String> {
    (1900..2100, 1..=12, 1..=28).prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
}

fn named(item: &'static Shape) -> BoxedStrategy<Vec<String>> {
    let name = prop_oneof!["[a-z_]{1,6}", text().prop_map(|text| quoted(&text))];
    proptest::collection::btree_map(name, value(item), 0..4)
        .prop_map(|pairs| pairs.into_iter().map(|(name, value)| format!("{name} = {value}")).collect())
        .boxed()
}

/// Some of the fields of a table, as `key = value`.
fn table_of(table: &'static TableSpec) -> BoxedStrategy<Vec<String>> {
    let field = |spec: &'static FieldSpec| {
        proptest::option::of(value(&spec.shape)).prop_map(|value| value.map(|value| format!("{} = {value}", spec.key)))
    };
    let fields: Vec<_> = table.fields.iter().map(|spec| field(spec).boxed()).collect();
    fields.prop_map(|fields| fields.into_iter().flatten().collect()).boxed()
}

/// A kind, and front matter in TOML that it may have.
fn front_matter() -> impl Strategy<Value = (Kind, String)> {
    select(Kind::ALL.to_vec()).prop_flat_map(|kind| {
        let both = (table_of(Common::TABLE), table_of(kinds::table_of(kind)));
        both.prop_map(move |(common, own)| (kind, format!("{}\n", [common, own].concat().join("\n"))))
    })
}

type Read = (Common, Fields);

/// What was read, whether all of it could be parsed, and what is wrong.
fn read(kind: Kind, text: &str) -> (Read, bool, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let source = sources.add("a.md", text);
    let mut problems = Problems::default();
    let parts = fields::split(&source, &|_| false, &mut problems);
    let front = fields::parse(&source, &parts, &Known::default, &mut problems, |keys| {
        (keys.record::<Common>(), Fields::read(kind, keys))
    });
    (front.value, front.is_whole, problems.report(&Severities::default(), &sources))
}

fn written((common, own): &Read, syntax: Syntax) -> String {
    let pairs = [write::present(common), write::present(own.record())].concat();
    write::front_matter(&pairs, syntax)
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_record_written_and_read_is_itself((kind, front) in front_matter()) {
        let (first, is_whole, problems) = read(kind, &format!("+++\n{front}+++\n"));
        prop_assert!(is_whole, "{}\n{:#?}", front, problems);
        for syntax in [Syntax::Toml, Syntax::Yaml] {
            let text = written(&first, syntax);
            let (again, is_whole, problems) = read(kind, &text);
            prop_assert!(is_whole && again == first, "{}\n{:#?}\n{:#?}\n{:#?}", text, first, again, problems);
        }
    }
}

/// Pieces of YAML in any order.
fn yaml() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "title: ",
        "tags:",
        "a",
        " ",
        "  ",
        "\n",
        "\n",
        "\n  ",
        "- ",
        "? ",
        ": ",
        ":",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\"",
        "'",
        "|",
        ">",
        "|-\n",
        "#",
        "&a ",
        "*a",
        "!!str ",
        "<<: ",
        "%YAML 1.2\n",
        "...",
        "--- ",
        "\t",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "ü",
        "字",
        "null",
        "~",
        "\\",
        "\r\n",
    ]);
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn whatever_stands_between_the_fences_is_values_or_problems_with_places(
        text in prop_oneof![yaml(), any::<String>(), vec("[ -~\n]{0,20}", 0..6).prop_map(|lines| lines.join("\n"))],
        kind in select(Kind::ALL.to_vec()),
        fence in select(vec!["---", "+++"]),
    ) {
        let file = format!("{fence}\n{text}\n{fence}\nBody.\n");
        let (_, _, problems) = read(kind, &file);
        for problem in problems {
            let range = problem.span.range();
            prop_assert!(file.get(range.clone()).is_some(), "{:?} is no place in {:?}: {}", range, file, problem.message);
            if let Some(fix) = problem.fix {
                prop_assert!(file.get(fix.span.range()).is_some());
            }
        }
    }
}

/// Keys of their own, as many as fit.
fn numbered(rest: &str) -> String {
    let lines: Vec<String> = (0..fields::FRONT_MATTER_LIMIT / 14).map(|nth| format!("key{nth:05}{rest}")).collect();
    lines.join("\n")
}

/// A file that is made to be slow: many keys, deep lists, long lines, many mistakes.
#[test]
fn hostile_front_matter_is_read_in_a_moment() {
    let most = fields::FRONT_MATTER_LIMIT - 100;
    let repeated = |piece: &str| piece.repeat(most / piece.len());
    let texts = [
        repeated("["),
        repeated("{a: "),
        repeated("- "),
        repeated("? "),
        repeated("a: &a b\n"),
        format!("a: &a [x]\n{}", repeated("b: *a\n")),
        repeated("\ta: b\n"),
        repeated("a: b: c\n"),
        repeated("a: \"b\n"),
        numbered(": ["),
        numbered(": 1"),
        format!("a: {}", repeated("b ")),
        format!("a: |\n{}", repeated(" b\n")),
        repeated("---\n").replace("---", "--- a"),
        repeated("#"),
        repeated("\n"),
        repeated("'"),
        repeated("!!"),
        repeated("%a\n"),
    ];
    for text in &texts {
        for fence in ["---", "+++"] {
            let (_, _, problems) = read(Kind::Page, &format!("{fence}\n{text}\n{fence}\n"));
            assert!(problems.len() < 300, "{} problems of {:?}", problems.len(), &text[..40]);
        }
    }
}

#[test]
fn a_source_of_its_own_is_enough() {
    let source = Source::new(prompt_handbook::text::SourceId(0), "a.md", "---\ntitle: T\n---\n");
    let parts = fields::split(&source, &|_| false, &mut Problems::default());
    assert_eq!((parts.syntax, parts.front), (Syntax::Yaml, Some(4..13)));
}
