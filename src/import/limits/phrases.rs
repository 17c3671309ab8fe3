//! Values that say that a prompt is not for everybody, and what yes and no are, in the languages in which teams keep tables.
//!
//! All lists are in the form of [`words`].

use crate::import::folded::words;

/// The most characters of a value that is read as more than a list: a longer one is prose, in which any word can stand.
const PHRASE: usize = 40;
/// The most characters of a value that is read as a list.
const LIST: usize = 400;

/// Words that can be nothing but a limit, whatever follows them.
#[rustfmt::skip]
const SURE: &[&str] = &[
    // English
    "confidential", "unpublished", "unreleased", "unapproved", "embargoed", "wip", "unlisted", "nonpublic",
    // German
    "vertraulich", "vertrauliche", "unveroffentlicht", "unveroeffentlicht", "nichtoffentlich", "verschlusssache",
    "eingeschrankt", "gesperrt",
    // French, Spanish, Italian, Portuguese
    "confidentiel", "confidentielle", "brouillon", "restreint", "restreinte", "confidencial", "confidenciales",
    "borrador", "restringido", "restringida", "confidenziale", "riservato", "riservata", "riservatissimo", "bozza",
    "rascunho", "restrito", "restrita", "sigiloso", "sigilosa",
    // Dutch and Polish
    "vertrouwelijk", "vertrouwelijke", "afgeschermd", "poufny", "poufne", "poufna", "tajne", "tajny", "zastrzezone",
    "zastrzezony", "niepubliczne", "niepubliczny", "nieopublikowane",
    // Russian
    "черновик", "конфиденциально", "конфиденциальныи", "конфиденциальное", "секретно", "дсп", "неопубликовано",
];

/// Words that are a limit where no word follows that makes something else of them, as in “private equity”.
#[rustfmt::skip]
const UNSURE: &[&str] = &[
    // English
    "draft", "drafts", "private", "restricted", "secret", "hidden", "embargo", "classified", "proprietary",
    "privileged",
    // German
    "entwurf", "entwurfe", "privat", "private", "geheim", "streng", "beschrankt", "versteckt", "verborgen",
    // French, Spanish, Italian, Portuguese
    "prive", "privee", "secrete", "privado", "privada", "secreto", "secreta", "oculto", "reservado", "privato",
    "privata", "segreto", "segreta", "nascosto", "limitato",
    // Dutch and Polish
    "beperkt", "szkic", "prywatne", "prywatny", "prywatna", "ograniczone", "ukryte", "wewnetrzne", "wewnetrzny",
    "robocze", "roboczy",
    // Russian
    "секретныи", "приватно", "приватныи", "приватное", "личное", "скрыто", "скрытыи", "закрыто", "закрытыи",
    "внутреннее", "внутреннии", "ограничено", "ограниченныи", "секрет",
];

/// Starts of words in scripts that put no spaces between them.
#[rustfmt::skip]
const UNSPACED: &[&str] = &[
    "機密", "社外秘", "部外秘", "非公開", "未公開", "下書き", "秘密", "極秘", "限定公開", "社内限定", "社内のみ", "関係者限定", "関係者のみ", "公開禁止", "共有禁止",
    "制限付き", "自分のみ", "自分だけ", "公開しない", "共有しない", "関係者外秘", "草案", "内部", "社内", "机密", "保密", "绝密", "絕密", "私有", "私密", "私人",
    "草稿", "受限", "限制", "未发布", "未發布", "不公开", "不公開", "仅限", "僅限", "仅自己", "请勿", "禁止", "隐藏",
];

/// Words one after the other that are a limit, whatever follows them.
#[rustfmt::skip]
const PHRASES: &[&str] = &[
    "tlp red", "tlp amber", "tlp green", "work in progress", "in progress", "top secret", "not published",
    "not yet published", "not yet public", "not yet approved", "not public", "not for publication", "not for public",
    "not for release", "not ready", "not shared", "not to be published", "never publish", "never share", "just me",
    "myself", "hold back", "awaiting approval", "no access", "not for distribution", "not for sharing",
    "not to be shared", "not approved", "non public", "do not publish", "do not distribute", "do not share",
    "do not forward", "do not circulate", "do not copy", "do not release", "dont publish", "dont share",
    "dont distribute", "no sharing", "no distribution", "under nda", "under embargo", "eyes only", "need to know",
    "internal only", "internal use", "for internal", "in arbeit", "in bearbeitung", "nicht veroffentlichen",
    "nicht veroffentlicht", "nicht offentlich", "nicht teilen", "nicht weitergeben", "nicht freigegeben",
    "nur intern", "nur fur", "nur ich", "nur team", "intern only", "en cours", "usage interne", "a usage interne",
    "ne pas", "non publie", "non public", "moi seul", "moi uniquement", "diffusion restreinte", "en curso",
    "uso interno", "no publicar", "no publicado", "no compartir", "no difundir", "no distribuir", "solo yo",
    "solo io", "solo uso", "in corso", "in lavorazione", "non pubblicare", "non pubblicato", "non condividere",
    "non divulgare", "non diffondere", "em andamento", "nao publicar", "nao publicado", "nao compartilhar",
    "nao divulgar", "nao distribuir", "somente eu", "apenas eu", "niet publiceren", "niet gepubliceerd", "niet delen",
    "niet openbaar", "niet verspreiden", "alleen intern", "alleen ik", "intern gebruik", "nie publikowac",
    "nie udostepniac", "nie rozpowszechniac", "tylko ja", "uzytek wewnetrzny", "do uzytku wewnetrznego",
    "wersja robocza", "не публиковать", "не опубликовано", "не распространять", "не делиться", "в работе", "только я",
    "только для", "для внутреннего", "для служебного",
];

/// Words before a limit that leave it one.
#[rustfmt::skip]
const LEADING: &[&str] = &[
    "strictly", "highly", "very", "still", "for", "first", "second", "1st", "2nd", "early", "rough", "company",
    "please", "keep", "this", "is", "a", "the", "only", "status", "streng", "noch", "strictement", "tres", "muy",
    "estrictamente", "strettamente", "molto", "estritamente", "strikt", "zeer", "scisle", "строго", "as", "mark",
    "marked",
];

/// Words behind an unsure limit that leave it one.
#[rustfmt::skip]
const FOLLOWING: &[&str] = &[
    "v", "ver", "version", "rev", "revision", "no", "nr", "only", "use", "access", "by", "to", "for", "from", "of",
    "until", "till", "pending", "please", "not", "do", "dont", "and", "or", "und", "et", "y", "e", "en", "i", "nur",
    "bis", "von", "fur", "de", "da", "di", "van", "dla", "для", "и", "in", "is", "still", "needs", "status", "mode",
    "state", "prompt", "prompts", "content", "document", "material", "information", "info", "data", "copy", "page",
    "entry", "item", "distribution", "circulation", "sharing", "group", "members", "team", "staff", "employees",
    "management", "channel", "workspace", "link", "secret", "private", "confidential", "restricted", "draft",
    "internal", "vertraulich", "geheim",
];

/// Who a value keeps a prompt for with the word “only”; what else is only something, such as text, is no limit.
#[rustfmt::skip]
const PEOPLE: &[&str] = &[
    "me", "myself", "us", "team", "teams", "our", "owner", "owners", "author", "authors", "creator", "creators",
    "admin", "admins", "administrators", "staff", "employee", "employees", "management", "manager", "managers",
    "member", "members", "hr", "legal", "leadership", "executives", "board", "partners", "internal", "insiders",
    "invited", "invitees", "invite", "editors", "reviewers", "office", "company", "department", "eyes", "named",
    "authorised", "authorized", "specific", "selected",
];

/// Whether a value can hardly be anything but a limit: it begins with one, or one stands in its list.
pub(super) fn is_limit(value: &str) -> bool {
    // What a web address has in its path is about something else.
    if value.contains("://") || value.chars().nth(LIST).is_some() {
        return false;
    }
    if value.chars().nth(PHRASE).is_none() {
        let begins = |part: &str| begins(&words(part));
        return begins(value) || parts(value).filter(|part| part.len() < value.len()).any(begins);
    }
    let items = || value.split([',', ';', '|', '\n', '、', '，', '；']).map(str::trim);
    // Commas of prose have long parts between them.
    items().all(|item| item.chars().nth(PHRASE).is_none()) && items().any(is_whole)
}

/// The same for a sentence about the prompt: a limit in its middle is of what it tells.
pub(super) fn is_limit_alone(value: &str) -> bool {
    value.chars().nth(PHRASE).is_none() && begins(&words(value)) && words(value).len() <= 3
}

/// The parts of a short value.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    const SIGNS: [char; 26] = [
        ',', ';', '/', '|', '+', '&', '(', ')', '[', ']', ':', '.', '!', '\n', '•', '–', '—', '、', '，', '；', '：',
        '（', '）', '／', '>', '→',
    ];
    value.split(" - ").flat_map(|part| part.split(SIGNS))
}

/// Whether an item of a list is a limit and no more.
fn is_whole(item: &str) -> bool {
    let words = words(item);
    words.len() <= 2 && begins(&words)
}

fn begins(words: &[String]) -> bool {
    let leading = words.iter().take_while(|word| LEADING.contains(&word.as_str())).count();
    // A word that leads may be the first of a phrase.
    (0..=leading).any(|at| limits(&words[at..])) || is_only_for_some(words)
}

/// Whether words begin with several that are a limit, or are for some people only.
pub(super) fn is_phrase(words: &[String]) -> bool {
    PHRASES.iter().any(|phrase| starts_with(words, phrase)) || is_only_for_some(words)
}

fn limits(words: &[String]) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    let bare = first.trim_end_matches(|c: char| c.is_ascii_digit());
    SURE.contains(&bare)
        || UNSPACED.iter().any(|start| first.starts_with(start))
        || PHRASES.iter().any(|phrase| starts_with(words, phrase))
        || UNSURE.contains(&bare) && rest.first().is_none_or(|next| leaves(next))
}

fn starts_with(words: &[String], phrase: &str) -> bool {
    let mut words = words.iter();
    phrase.split(' ').all(|own| words.next().is_some_and(|word| word == own))
}

/// Whether what follows a limit leaves it one.
fn leaves(next: &str) -> bool {
    let number = next.strip_prefix('v').or_else(|| next.strip_prefix('r')).unwrap_or(next);
    FOLLOWING.contains(&next) || number.chars().all(|c| c.is_ascii_digit())
}

/// “Only me”, “team only”, “for managers only”.
fn is_only_for_some(words: &[String]) -> bool {
    let says_only = [words.first(), words.last()].into_iter().flatten().any(|word| word == "only");
    says_only && words.iter().any(|word| PEOPLE.contains(&word.as_str()))
}

/// Whether a value says yes.
pub(super) fn is_yes(value: &str) -> bool {
    #[rustfmt::skip]
    const YES: &[&str] = &[
        "yes", "y", "true", "t", "1", "x", "on", "ok", "okay", "checked", "ticked", "selected", "ja", "j", "wahr",
        "oui", "vrai", "si", "verdadero", "vero", "sim", "verdadeiro", "waar", "tak", "prawda", "да", "истина", "はい",
        "有", "是", "对", "真", "〇",
    ];
    let mark = value.trim().trim_end_matches('\u{fe0f}');
    ["✓", "✔", "✅", "☑", "√", "🗸", "○", "◯", "👍"].contains(&mark) || YES.contains(&words(value).concat().as_str())
}

/// Whether a value says no; an empty box does.
pub(super) fn is_no(value: &str) -> bool {
    #[rustfmt::skip]
    const NO: &[&str] = &[
        "no", "n", "false", "f", "0", "off", "none", "unchecked", "unticked", "nein", "falsch", "non", "faux",
        "falso", "nao", "nee", "onwaar", "nie", "falsz", "нет", "ложь", "いいえ", "无", "否", "不",
    ];
    let mark = value.trim().trim_end_matches('\u{fe0f}');
    ["", "-", "–", "—", "✗", "✘", "❌", "☐", "[]", "[ ]", "□", "×"].contains(&mark)
        || NO.contains(&words(value).concat().as_str())
}

/// Whether a value says, under a name about what everybody may see, that everybody may.
pub(super) fn is_open(value: &str) -> bool {
    const OPEN: &[&str] =
        &["everyone", "everybody", "anyone", "world", "external", "shared", "visible", "online", "sichtbar", "frei"];
    is_yes(value) || is_published(value) || is_for_all(value) || OPEN.contains(&words(value).concat().as_str())
}

/// Whether a value is the status of what has come to its end.
pub(super) fn is_published(value: &str) -> bool {
    #[rustfmt::skip]
    const PUBLISHED: &[&str] = &[
        "published", "live", "approved", "released", "ready", "done", "active", "veroffentlicht", "veroeffentlicht",
        "freigegeben", "genehmigt", "fertig", "aktiv", "publie", "publiee", "approuve", "valide", "pret", "publicado",
        "publicada", "aprobado", "aprobada", "listo", "pubblicato", "pubblicata", "approvato", "approvata", "pronto",
        "aprovado", "aprovada", "gepubliceerd", "goedgekeurd", "gereed", "opublikowany", "opublikowane",
        "opublikowano", "zatwierdzony", "zatwierdzone", "gotowe", "опубликовано", "утверждено", "одобрено", "готово",
        "公開済み", "承認済み", "完了", "已发布", "已公开", "已批准", "完成",
    ];
    PUBLISHED.contains(&words(value).concat().as_str())
}

/// Whether a value is the word for everybody, in another language than the handbook's or in a protocol's.
pub(super) fn is_for_all(value: &str) -> bool {
    #[rustfmt::skip]
    const ALL: &[&str] = &[
        "public", "offentlich", "oeffentlich", "publique", "publico", "publica", "pubblico", "pubblica", "openbaar",
        "publiek", "publiczny", "publiczne", "публично", "публичныи", "общедоступно", "公開", "公开", "clear", "white",
        "tlpclear", "tlpwhite",
    ];
    ALL.contains(&words(value).concat().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::folded::folded;

    #[rustfmt::skip]
    const LIMITS: &[&str] = &[
        "draft", "DRAFT", "Draft 2", "draft (v2)", "draft v2.1", "Draft2", "draft - do not share", "draft by Anna",
        "first draft", "Email (draft)", "private; team", "public, restricted", "restricted to HR", "Private only",
        "strictly confidential", "Confidential: legal", "company confidential", "confidential until launch",
        "just me", "not ready", "embargoed", "Embargoed until May", "TLP:RED", "tlp amber+strict", "only me",
        "Only me!", "Team only", "for managers only", "owner-only", "do not publish", "Don’t share",
        "do not distribute", "internal use only", "For internal use", "not yet approved", "WIP!", "work-in-progress",
        "Entwurf", "streng vertraulich", "Nur intern", "nicht veröffentlichen", "Confidentiel", "Brouillon", "privé",
        "Usage interne", "ne pas diffuser", "Borrador", "Uso interno", "no publicar", "Bozza", "riservato",
        "Rascunho", "não divulgar", "vertrouwelijk", "niet delen", "poufne", "Szkic", "nie publikować", "черновик",
        "Для внутреннего пользования", "конфиденциальный", "社外秘", "下書き（v2）", "机密文件", "草稿", "内部",
        "marketing, newsletter, e-mail, launch, social, draft",
    ];

    #[rustfmt::skip]
    const HONEST: &[&str] = &[
        "", "TEXT", "public", "team", "internal", "draft an e-mail", "Draft emails", "Private equity", "Secret Santa",
        "Restricted diets", "read only", "Text only", "English only", "not confidential", "drafting",
        "https://a.example/draft", "Concept", "Launch; e-mail", "Tax, legal",
        "Write the outline, the first text and then send a draft, private or not, to the team.", "NDA", "cache",
        "do not use emojis", "Public speaking", "privacy, legal", "status report",
    ];

    #[test]
    fn lists_are_in_the_form_of_words() {
        for word in [SURE, UNSURE, UNSPACED, LEADING, FOLLOWING, PEOPLE].into_iter().flatten() {
            assert_eq!(folded(word), *word);
        }
        for phrase in PHRASES {
            assert_eq!(words(phrase).join(" "), *phrase);
        }
    }

    #[test]
    fn a_value_that_begins_with_a_limit_or_lists_one_is_one() {
        for value in LIMITS {
            assert!(is_limit(value), "{value}");
        }
        for value in HONEST {
            assert!(!is_limit(value), "{value}");
        }
    }
}
