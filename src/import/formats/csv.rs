//! Tables: CSV as spreadsheets and `prompts.chat` write it.
//!
//! The first row names the columns, each further row is a prompt. Commas, semicolons and tabs are told apart
//! by the header.

mod columns;
mod error;
mod map;

use csv::{ReaderBuilder, StringRecord};

use self::columns::Columns;
use self::error::{COLUMNS_LIMIT, Error};
use crate::import::collect::{self, Collector};
use crate::import::draft::Draft;
use crate::import::field::{SUMMARY, TITLE};
use crate::import::importer::{Importer, Opt};
use crate::import::{Import, Origin, Request, clean};

/// Its line in the registry.
pub(super) const IMPORTER: Importer = Importer {
    name: "csv",
    what: "A table with a prompt in each row",
    options: &[Opt {
        name: "map",
        value: "FIELD=COLUMN,…",
        what: "Which column is which field, e.g. `title=act,prompt=prompt`; guessed from the header when left out",
        check: |written| map::pairs(written).map(|_| ()),
    }],
    smaller: "split it into several files, each with the row that names the columns",
    read: |request| import(request).map_err(|errors| errors.iter().map(ToString::to_string).collect()),
};

/// What a part of a table is called.
const PART: &str = "row";

/// Makes entries of the rows of a table, or tells everything that keeps the whole file from being imported, all at once:
/// bytes that are not UTF-8, a map with unknown names, no column for the prompt, a quote that is never closed, a folder
/// that is not for prompts.
fn import(request: &Request<'_>) -> Result<Import, Vec<Error>> {
    let folder = collect::folder(request.into, request.reserved).map_err(|error| vec![Error::Any(error)]);
    let ((table, columns), folder) = both(table(request), folder)?;
    let mut collector = Collector::new(request, PART, folder);
    for row in &table.rows {
        collector.add(&draft(row, &columns));
    }
    Ok(collector.finish(notes(&table, &columns)))
}

/// A file as rows of fields.
#[derive(Debug)]
struct Table {
    header: Vec<String>,
    rows: Vec<TableRow>,
    delimiter: u8,
}

/// One row, with its number in a spreadsheet.
#[derive(Debug)]
struct TableRow {
    number: usize,
    fields: StringRecord,
}

/// Both values, or the errors of both.
fn both<A, B>(one: Result<A, Vec<Error>>, other: Result<B, Vec<Error>>) -> Result<(A, B), Vec<Error>> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (one, other) => Err([one.err(), other.err()].into_iter().flatten().flatten().collect()),
    }
}

/// The table of the request, and what its columns mean.
fn table(request: &Request<'_>) -> Result<(Table, Columns), Vec<Error>> {
    let table = read(request.input).map_err(|error| vec![error])?;
    let written = request.options.get("map").map_or("", String::as_str);
    let map = map::pairs(written).map_err(|reason| vec![Error::Map(reason)])?;
    let columns = columns::resolve(&table.header, &map)?;
    Ok((table, columns))
}

fn read(bytes: &[u8]) -> Result<Table, Error> {
    let text = decode(bytes)?;
    let (text, delimiter) = said_delimiter(text).unwrap_or_else(|| (text, delimiter_of(text)));
    let mut rows = rows(text, delimiter)?.into_iter();
    let header = rows.next().ok_or(Error::Empty)?;
    Ok(Table { header: header.fields.iter().map(str::to_owned).collect(), rows: rows.collect(), delimiter })
}

/// The text of the file without a byte order mark.
fn decode(bytes: &[u8]) -> Result<&str, Error> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Error::Utf16);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(without_mark(text)),
        Err(error) => {
            let byte = error.valid_up_to();
            let row = row_at(&String::from_utf8_lossy(&bytes[..byte]));
            Err(Error::NotUtf8 { byte, row, value: bytes[byte] })
        }
    }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// The number of the row in which a text ends that is the start of a table.
fn row_at(start: &str) -> usize {
    // A letter stands for the broken character, which may be the first of its row.
    let text = format!("{}x", without_mark(start));
    let (text, delimiter) = said_delimiter(&text).unwrap_or_else(|| (&text, delimiter_of(&text)));
    match rows(text, delimiter) {
        Ok(rows) => rows.last().map_or(1, |row| row.number),
        Err(Error::OpenQuote { row }) => row,
        Err(_) => 1,
    }
}

/// The rows behind a first line that says what separates the values, such as `sep=;`, and that sign: Excel reads such
/// a line and never shows it, so it is no row.
fn said_delimiter(text: &str) -> Option<(&str, u8)> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let line = line.trim_end_matches('\r').trim_matches('"');
    match line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?.as_bytes() {
        [delimiter] if delimiter.is_ascii_punctuation() || *delimiter == b'\t' => Some((rest, *delimiter)),
        _ => None,
    }
}

/// The sign that splits the header into the most fields; a comma if there is no difference.
fn delimiter_of(text: &str) -> u8 {
    let fields = |delimiter| {
        let mut reader = reader(delimiter).from_reader(text.as_bytes());
        reader.records().next().and_then(Result::ok).map_or(0, |header| header.len())
    };
    let mut best = b',';
    for delimiter in [b';', b'\t'] {
        if fields(delimiter) > fields(best) {
            best = delimiter;
        }
    }
    best
}

fn reader(delimiter: u8) -> ReaderBuilder {
    let mut reader = ReaderBuilder::new();
    reader.delimiter(delimiter).has_headers(false).flexible(true);
    reader
}

/// All rows, the header too.
fn rows(text: &str, delimiter: u8) -> Result<Vec<TableRow>, Error> {
    /// A row that is put behind the file: if it does not come out as it went in, a quote is still open.
    const SENTINEL: &str = "\n\0";
    let guarded = format!("{text}{SENTINEL}");
    let mut rows: Vec<TableRow> = Vec::new();
    let mut number = 0;
    let mut reader = reader(delimiter).from_reader(guarded.as_bytes());
    let mut record = StringRecord::new();
    // The reader takes rows of any length, the text is UTF-8 and in memory: nothing is left to fail.
    while reader.read_record(&mut record).expect("text in memory is read without errors") {
        number += 1 + blank_lines(&guarded, &record);
        if record.len() > COLUMNS_LIMIT {
            return Err(Error::TooWide { row: number, values: record.len() });
        }
        // Of its own length: a copy of the record would have room for as many values as the widest row before it.
        rows.push(TableRow { number, fields: record.iter().collect() });
    }
    match rows.pop() {
        Some(last) if last.fields.iter().eq(["\0"]) => Ok(rows),
        Some(last) => Err(Error::OpenQuote { row: last.number }),
        None => Ok(rows),
    }
}

/// The empty lines before a record: the reader passes over them, a spreadsheet counts them.
fn blank_lines(text: &str, record: &StringRecord) -> usize {
    let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
    let before = text.get(..start).unwrap_or_default();
    let mut rest = text.get(start..).unwrap_or_default();
    // The reader ends a record at `\r` and leaves the `\n` of the pair to the next one.
    if before.ends_with('\r') {
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    let mut blank = 0;
    while let Some(after) = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r'])) {
        rest = after;
        blank += 1;
    }
    blank
}

/// What a row says about a prompt.
fn draft(row: &TableRow, columns: &Columns) -> Draft {
    let value = |at| row.fields.get(at).unwrap_or_default().to_owned();
    let values = columns.fields().map(|(field, at)| (field, value(at))).collect();
    let limits = columns.limits(row.fields.iter());
    let origin = Origin { part: PART, number: row.number };
    Draft { origin, values, limits, changes: odd_length(row, columns).into_iter().collect() }
}

/// A sentence about a row that is shorter or longer than the header.
fn odd_length(row: &TableRow, columns: &Columns) -> Option<String> {
    let (has, wants) = (row.fields.len(), columns.len());
    if has < wants {
        return Some(format!("the row has {has} of {wants} values, so the last are missing"));
    }
    let extra: Vec<&str> = row.fields.iter().skip(wants).filter(|value| !value.trim().is_empty()).collect();
    if extra.is_empty() {
        return None;
    }
    let extra = clean::quoted_list(extra.into_iter());
    Some(format!(
        "the row has {has} values for {wants} columns, so these were left out (a value with a comma needs \
         quotation marks): {extra}"
    ))
}

/// What the report says about the file as a whole.
fn notes(table: &Table, columns: &Columns) -> Vec<String> {
    let mut notes = columns.account();
    match table.delimiter {
        b';' => notes.push("the values are separated by semicolons".to_owned()),
        b'\t' => notes.push("the values are separated by tabs".to_owned()),
        b',' => {}
        other => notes.push(format!("the values are separated by `{}`", char::from(other))),
    }
    if !columns.has(TITLE) {
        notes.push("no column holds the title, so each was made from the prompt's first words".to_owned());
    }
    if !columns.has(SUMMARY) {
        notes.push("no column holds the summary, so each is the prompt's first sentence".to_owned());
    }
    notes.extend(doubtful(columns));
    notes
}

/// A sentence about columns that were not used and may say who may see a row.
fn doubtful(columns: &Columns) -> Option<String> {
    let names: Vec<&str> = columns.doubtful().collect();
    let listed = clean::quoted_list(names.iter().copied());
    let (verb, it) = if names.len() == 1 { ("was", "it says") } else { ("were", "they say") };
    (!names.is_empty()).then(|| {
        format!(
            "look at this: {listed} {verb} not used; if {it} who may see a row or how far it has come, name the column \
             with `--map audience=COLUMN` or `--map status=COLUMN`"
        )
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use super::*;
    use crate::import::{Outcome, fixture};

    const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 20);

    fn run(text: &[u8], map: &[(&str, &str)]) -> Result<Import, Vec<String>> {
        let map = map.iter().map(|(field, column)| format!("{field}=\"{column}\"")).collect::<Vec<_>>().join(",");
        let taken = |id: &str| matches!(id, "prompts/imported/taken" | "prompts/original");
        let prompts = HashMap::from([("Known by heart.".to_owned(), "prompts/imported/known".to_owned())]);
        let config = fixture::config();
        let request = Request {
            input: text,
            options: &BTreeMap::from([("map", map)]),
            into: "prompts/imported",
            taken: &taken,
            prompts: &prompts,
            reserved: &fixture::reserved(),
            config: &config,
            today: TODAY,
        };
        import(&request).map_err(|errors| errors.iter().map(ToString::to_string).collect())
    }

    fn imported(text: &str) -> Import {
        run(text.as_bytes(), &[]).expect("a value")
    }

    /// The front matter of the first file.
    fn front_matter(import: &Import) -> toml::Table {
        import.files[0].text.split("+++\n").nth(1).expect("a value").parse().expect("a value")
    }

    fn skips(import: &Import) -> Vec<(usize, &str)> {
        let rows = import.report.items.iter();
        rows.filter_map(|row| match &row.outcome {
            Outcome::Skipped { reason } => Some((row.origin.number, reason.as_str())),
            Outcome::Imported { .. } => None,
        })
        .collect()
    }

    #[test]
    fn a_row_becomes_an_entry() {
        let import = imported(
            "act,prompt,contributor\nLinux Terminal,\"I want you to act as a ${kind:linux} terminal. Go.\",\"f, jo\"\n",
        );
        assert_eq!(import.files[0].id, "prompts/imported/linux-terminal");
        assert_eq!(import.files[0].origin.number, 2);
        assert_eq!(
            import.files[0].text,
            "+++\n\
             title = \"Linux Terminal\"\n\
             summary = \"I want you to act as a kind terminal.\"\n\
             authors = [\"f\", \"jo\"]\n\
             status = \"in-review\"\n\
             \n[[variables]]\n\
             name = \"kind\"\nlabel = \"kind\"\ntype = \"text\"\ndefault = \"linux\"\n\
             +++\n\n\
             ```prompt\nI want you to act as a {{kind}} terminal. Go.\n```\n"
        );
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_do_not_matter() {
        let import = imported("\u{FEFF}title,prompt\r\nA,\"one\r\ntwo  \r\n\"\r\n");
        assert!(import.files[0].text.ends_with("```prompt\none\ntwo\n```\n"));
        assert!(import.report.items[0].changes.is_empty());
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_does() {
        for end in ["\n", "\r\n"] {
            let text = ["title,prompt", "a,\"b\nc\"", "", "", "d,", "e,f", ""].join(end);
            let rows: Vec<usize> = imported(&text).report.items.iter().map(|row| row.origin.number).collect();
            assert_eq!(rows, [2, 5, 6], "with {end:?}");
        }
    }

    #[test]
    fn no_row_is_lost() {
        let import = imported("title,prompt\na,x y\na,x y\nb,\n,\n,z w\nc,\" \"\na,other\na,x y\n");
        let rows: Vec<usize> = import.report.items.iter().map(|row| row.origin.number).collect();
        assert_eq!(rows, [2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(
            skips(&import),
            [
                (3, "it has the same title and prompt as row 2"),
                (4, "the prompt is empty"),
                (5, "the row is empty"),
                (7, "the prompt is empty"),
                (9, "it has the same title and prompt as row 2"),
            ]
        );
        let ids: Vec<&str> = import.files.iter().map(|file| file.id.rsplit('/').next().expect("a value")).collect();
        assert_eq!(ids, ["a", "z-w", "a-2"]);
        assert_eq!(import.report.imported() + import.report.skipped(), 8);
    }

    #[test]
    fn a_row_of_another_length_gives_what_it_has() {
        let import = imported("title,prompt,tags\na,b\nc,d,e,,\nf,g, h,and more\ni\n");
        let changes: Vec<usize> = import.report.items.iter().map(|row| row.changes.len()).collect();
        assert_eq!(changes, [1, 0, 1, 1]);
        assert!(import.report.items[2].changes[0].ends_with("`and more`"));
        assert_eq!(skips(&import), [(5, "the prompt is empty")]);
    }

    #[test]
    fn bytes_that_are_not_utf8_are_named_with_their_row() {
        let error = run(b"title,prompt\na,\"b\nc\"\nd,\xE9\n", &[]).expect_err("a mistake");
        assert!(error[0].starts_with("the file is not UTF-8: row 3 has the byte 0xE9 at offset 23;"), "{error:?}");
        assert!(run(b"title,prompt\na,b\n\xE9,", &[]).expect_err("a mistake")[0].contains("row 3"));
        assert!(run(b"title,prompt\na,\"b\xE9", &[]).expect_err("a mistake")[0].contains("row 2"));
        assert!(run(b"\xE9", &[]).expect_err("a mistake")[0].contains("row 1"));
        assert!(run(b"\xFF\xFEt\0", &[]).expect_err("a mistake")[0].contains("UTF-16"));
    }

    #[test]
    fn an_open_quote_is_an_error_since_it_swallows_rows() {
        let error = run(b"title,prompt\na,b\nc,\"d\ne,f\n", &[]).expect_err("a mistake");
        assert!(error[0].starts_with("a quotation mark in row 3 is opened and never closed"));
    }

    #[test]
    fn a_row_has_a_limit_of_values() {
        let wide = |count: usize| format!("title,prompt\na,b{}\n", ",".repeat(count - 2));
        assert!(run(wide(COLUMNS_LIMIT).as_bytes(), &[]).is_ok());
        let error = run(wide(COLUMNS_LIMIT + 1).as_bytes(), &[]).expect_err("a mistake");
        assert!(error[0].starts_with("row 2 has 1001 values, more than the 1000 that are read"), "{error:?}");
        let header = format!("title,prompt{}\n", ",c".repeat(COLUMNS_LIMIT));
        assert!(run(header.as_bytes(), &[]).expect_err("a mistake")[0].starts_with("row 1 has 1002 values"));
    }

    #[test]
    fn an_empty_file_is_an_error_and_a_bare_header_is_not() {
        assert_eq!(run(b"", &[]).expect_err("a mistake").len(), 1);
        assert_eq!(run(b"\n\n", &[]).expect_err("a mistake").len(), 1);
        assert!(imported("title,prompt").report.render().starts_with("imported 0 of 0 rows"));
    }

    #[test]
    fn a_wrong_folder_and_a_wrong_map_are_reported_together() {
        let request = Request {
            input: b"prompt\n",
            options: &BTreeMap::from([("map", "x=prompt".to_owned())]),
            into: "wins",
            taken: &|_| false,
            prompts: &HashMap::new(),
            reserved: &fixture::reserved(),
            config: &fixture::config(),
            today: TODAY,
        };
        assert_eq!(import(&request).expect_err("a mistake").len(), 2);
    }

    #[test]
    fn semicolons_and_tabs_are_told_by_the_header() {
        for delimiter in [";", "\t"] {
            let import = imported(&format!("title{delimiter}prompt\na, b{delimiter}c, d\n"));
            assert_eq!(front_matter(&import)["title"].as_str(), Some("a, b"));
            assert_eq!(import.report.notes.len(), 3);
        }
    }

    #[test]
    fn a_first_line_for_excel_says_the_separator() {
        for (line, delimiter) in [("sep=;", ';'), ("\u{feff}\"sep=|\"\r", '|'), ("sep=\t", '\t')] {
            let import = imported(&format!("{line}\ntitle{delimiter}prompt\na, b{delimiter}c, d; e\n"));
            assert_eq!(front_matter(&import)["title"].as_str(), Some("a, b"));
            assert_eq!(import.files[0].origin.number, 2);
            assert!(import.report.notes[1].starts_with("the values are separated by"));
        }
        assert!(run(b"sep=;\ntitle;prompt\na;\xE9\n", &[]).expect_err("a mistake")[0].contains("row 2"));
    }

    #[test]
    fn terms_of_the_config_are_taken_as_they_are() {
        let import = imported("title,prompt,roles\na,b,\"content lead, Designer, Head of Sales\"\n");
        let roles = front_matter(&import)["roles"].clone();
        assert_eq!(roles.as_array().expect("a list").len(), 3);
        assert_eq!(roles[0].as_str(), Some("Content Lead"));
        assert_eq!(roles[1].as_str(), Some("designer"));
        assert_eq!(roles[2].as_str(), Some("head-of-sales"));
    }

    #[test]
    fn a_prompt_that_is_there_already_is_skipped() {
        let import = imported("title,prompt\na,Known by heart. \nb,Known by heart!\n");
        assert_eq!(skips(&import), [(2, "its prompt is that of `prompts/imported/known` already, word for word")]);
        assert_eq!(import.files.len(), 1);
    }

    #[test]
    fn a_prompt_with_hidden_characters_is_known_again() {
        for hidden in ["\u{200b}", "\u{ad}", "\u{feff}", "\u{200d}", "\u{2060}", "\u{e0041}"] {
            let import = imported(&format!("title,prompt\na,Known{hidden} by heart.{hidden}\n"));
            assert_eq!(skips(&import).len(), 1, "{hidden:?}");
        }
    }

    #[test]
    fn every_field_is_written_as_its_type() {
        let text = "title,prompt,by,labels,team,owner,source,created,updated,state,role,tasks,channels\n\
                    a,b,\"jo; jo\",\"x, y\",Life,mara,https://a.b/c,2025-12-28T10:00:00Z,2026-01-02,In Review,\"Content Lead\",write,e-mail\n";
        let import = run(text.as_bytes(), &[]).expect("a value");
        let table = front_matter(&import);
        let lists =
            ["authors", "tags", "roles", "tasks", "channels"].map(|key| table[key].as_array().expect("a value").len());
        assert_eq!(lists, [1, 2, 1, 1, 1]);
        assert_eq!(table["roles"][0].as_str(), Some("Content Lead"));
        assert_eq!(table["created"].as_datetime().map(ToString::to_string).as_deref(), Some("2025-12-28"));
        assert_eq!(table["adapted_from"].as_str(), Some("https://a.b/c"));
        assert_eq!(import.report.items[0].changes, Vec::<String>::new());
        assert_eq!(table["status"].as_str(), Some("in-review"));
        assert!(import.report.render().contains("`state` → status, `role` → roles"));
    }

    #[test]
    fn a_status_is_approved_only_where_the_map_names_its_column() {
        let status = |given: &str| {
            let text = format!("title,prompt,status\na,b,{given}\n");
            let import = run(text.as_bytes(), &[("status", "status")]).expect("a value");
            (
                front_matter(&import)["status"].as_str().expect("a value").to_owned(),
                import.report.items[0].changes.len(),
            )
        };
        assert_eq!(status("Approved"), ("approved".to_owned(), 0));
        assert_eq!(status("live"), ("in-review".to_owned(), 1));
        assert_eq!(status(""), ("in-review".to_owned(), 0));
        let guessed = imported("title,prompt,status\na,b,approved\n");
        assert_eq!(front_matter(&guessed)["status"].as_str(), Some("in-review"));
    }

    #[test]
    fn what_cannot_be_a_day_or_a_source_is_left_out_and_reported() {
        let import = imported("title,prompt,created,source\na,b,28.12.2025,my desk\nc,d,,prompts/original\n");
        assert_eq!(import.report.items[0].changes.len(), 2);
        assert!(import.files[1].text.contains("adapted_from = \"prompts/original\""));
    }

    #[test]
    fn without_a_title_the_prompt_gives_one() {
        let import = imported("prompt\n\"Write a launch e-mail for us. Be brief.\"\n\"{\"\"a\"\": 1}\"\n");
        let titles: Vec<&str> = import.report.items.iter().map(|row| row.title.as_str()).collect();
        assert_eq!(titles, ["Write a launch e-mail for us", "Prompt of row 3"]);
        assert!(import.report.notes[1].starts_with("no column holds the title"));
    }

    #[test]
    fn a_title_is_cleaned_and_an_empty_one_replaced() {
        let import = imported("title,prompt\n\"La\u{202E}unch\nmail\",b\n\u{200B},Write a long letter to me\n");
        assert_eq!(import.report.items[0].title, "Launch mail");
        assert_eq!(
            import.report.items[0].changes,
            ["hidden or control characters were dropped from the title: U+202E", "the title was put on one line"]
        );
        assert_eq!(import.report.items[1].title, "Write a long letter to me");
        assert_eq!(import.report.items[1].changes.len(), 2);
    }

    #[test]
    fn a_given_summary_is_cut_to_its_limit() {
        let import = imported(&format!("title,prompt,description\na,b,{}\n", "word ".repeat(60)));
        let table = front_matter(&import);
        assert!(table["summary"].as_str().expect("a value").chars().count() <= 200);
        assert_eq!(import.report.items[0].changes.len(), 1);
    }

    #[test]
    fn what_an_entry_may_have_no_more_of_is_left_out_and_told() {
        let tags = (0..60).map(|nth| format!("t{nth}")).collect::<Vec<_>>().join(";");
        let long = "x".repeat(101);
        let title = "word ".repeat(60);
        let row = format!("{title},b,{long},{long};jo,{tags};{long}");
        let import = imported(&format!("title,prompt,owner,author,tags\n{row}\n"));
        let table = front_matter(&import);
        assert!(table["title"].as_str().expect("a title").chars().count() <= 200);
        assert!(!table.contains_key("owner"));
        assert_eq!(table["authors"].as_array().expect("authors").len(), 1);
        assert_eq!(table["tags"].as_array().expect("tags").len(), 50);
        assert_eq!(import.report.items[0].changes.len(), 5, "{:?}", import.report.items[0].changes);
    }

    #[test]
    fn a_prompt_that_comes_to_too_much_is_skipped() {
        let often = "{{name}} ".repeat(2_001);
        let much = format!("${{note:{}}} {}", "word ".repeat(1_500), "${note} ".repeat(200));
        let import = imported(&format!("title,prompt\na,{often}\nb,{much}\nc,d\n"));
        assert_eq!(import.files.len(), 1);
        let reasons = import.report.items.iter().filter_map(|row| match &row.outcome {
            Outcome::Skipped { reason } => Some(reason.as_str()),
            Outcome::Imported { .. } => None,
        });
        let reasons: Vec<_> = reasons.collect();
        assert!(reasons[0].contains("2001 times") && reasons[1].contains("KiB"), "{reasons:?}");
    }

    #[test]
    fn control_characters_go_and_hidden_ones_are_pointed_out() {
        let import = imported("title,prompt\na,b\0\u{1B}c\u{200B}\td\n");
        assert!(import.files[0].text.contains("\nbc\u{200B}\td\n"));
        assert_eq!(
            import.report.items[0].changes,
            ["control or hidden characters were dropped from the prompt: U+0000, U+001B"]
        );
        assert_eq!(import.report.items[0].hints.len(), 1);
    }

    #[test]
    fn written_out_line_breaks_stay_and_are_pointed_out() {
        let import = imported("title,prompt\na,one\\ntwo\\nthree\nb,\"one\\ntwo\\n\nthree\"\n");
        assert!(import.files[0].text.contains("\none\\ntwo\\nthree\n"));
        assert_eq!([0, 1].map(|at| import.report.items[at].hints.len()), [1, 0]);
    }

    #[test]
    fn an_author_with_an_address_is_pointed_out() {
        assert_eq!(imported("title,prompt,author\na,b,jo@a.example\n").report.items[0].hints.len(), 1);
    }

    #[test]
    fn an_id_of_the_handbook_is_not_taken() {
        let import = imported("title,prompt\nTaken,b\n");
        assert_eq!(import.files[0].id, "prompts/imported/taken-2");
        assert_eq!(import.report.items[0].changes.len(), 1);
    }

    #[test]
    fn what_is_too_large_for_an_entry_is_skipped() {
        let many = (0..1900).map(|at| format!("${{name {at}}}")).collect::<Vec<_>>().join(" ");
        let text = format!("title,prompt\na,{}\nb,{}\nc,{many}\nd,e\n", "x".repeat(1_100_000), "`".repeat(600_000));
        let import = imported(&text);
        assert_eq!(
            skips(&import),
            [
                (2, "the entry would be larger than 1 MiB"),
                (3, "the entry would be larger than 1 MiB"),
                (4, "its front matter with 1900 variables would be larger than 64 KiB"),
            ]
        );
        assert_eq!(import.files.len(), 1);
    }
}
