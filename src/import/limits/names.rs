//! Names, such as of columns, that say who may see a prompt or how far it has come, in the languages in which teams keep
//! lists of them.
//!
//! All lists are in [`folded`] form and hold what the field lists, permissions and checkboxes of common spreadsheets,
//! task boards and content systems are called.

use crate::import::folded::{folded, words};
use crate::import::limits::phrases;
use crate::import::limits::says::Says;

/// Names of values that say who may see a prompt.
#[rustfmt::skip]
const AUDIENCE: &[&str] = &[
    // English
    "audience", "audiences", "visibility", "visibleto", "visiblefor", "availableto", "viewers", "viewableby",
    "whocansee", "whosee", "whocanview", "whomaysee", "restrictedto", "limitedto", "sharewith", "access",
    "accesslevel", "accessrights", "sharing", "sharedwith", "permission", "permissions", "privacy", "confidentiality",
    "classification", "sensitivity", "securitylevel", "securitymarking", "protectivemarking", "protectionlevel",
    "clearance", "tlp", "trafficlight", "trafficlightprotocol", "distribution",
    // German
    "sichtbarkeit", "sichtbarfur", "zugriff", "zugriffsrechte", "zugriffsstufe", "zugang", "vertraulichkeit",
    "vertraulichkeitsstufe", "geheimhaltung", "geheimhaltungsstufe", "schutzstufe", "schutzklasse", "klassifizierung",
    "datenklassifizierung", "einstufung", "berechtigung", "berechtigungen", "freigegebenfur", "geteiltmit",
    // French
    "visibilite", "acces", "niveaudacces", "droitsdacces", "confidentialite", "niveaudeconfidentialite",
    "partageavec", "diffusion", "sensibilite", "habilitation",
    // Spanish
    "visibilidad", "acceso", "niveldeacceso", "confidencialidad", "clasificacion", "compartidocon", "permisos",
    "privacidad", "audiencia", "difusion",
    // Italian
    "visibilita", "accesso", "livellodiaccesso", "riservatezza", "classificazione", "condivisocon", "permessi",
    // Portuguese
    "visibilidade", "acesso", "niveldeacesso", "confidencialidade", "classificacao", "permissoes", "privacidade",
    "partilhadocom", "compartilhadocom",
    // Dutch
    "zichtbaarheid", "zichtbaarvoor", "toegang", "toegangsniveau", "vertrouwelijkheid", "classificatie", "gedeeldmet",
    "gevoeligheid",
    // Polish
    "widocznosc", "dostep", "poziomdostepu", "poufnosc", "klasyfikacja", "uprawnienia", "prywatnosc",
    // Russian
    "видимость", "доступ", "уровеньдоступа", "конфиденциальность", "секретность", "гриф", "аудитория",
    // Japanese and Chinese
    "公開範囲", "閲覧権限", "閲覧範囲", "アクセス権", "アクセス権限", "アクセス", "機密度", "機密性", "機密レベル", "機密区分", "共有範囲", "共有先", "可见性", "可見性",
    "可见范围", "公开范围", "共享范围", "权限", "權限", "访问权限", "密级", "密級", "保密级别", "保密等级", "机密级别", "敏感度",
];

/// Names of values that say how far a prompt has come.
#[rustfmt::skip]
const STATUS: &[&str] = &[
    "status", "state", "approval", "workflow", "workflowstage", "reviewstage", "publicationstage", "approvalstage",
    "zustand", "arbeitsstand", "bearbeitungsstand", "statut", "etat", "estado", "estatus", "situacion", "situacao",
    "stato", "toestand", "stan", "статус", "состояние", "ステータス", "状態", "状況", "状态", "狀態",
];

/// Columns that say yes for what is not for everybody.
#[rustfmt::skip]
const RESTRICTED: &[&str] = &[
    // English
    "confidential", "private", "restricted", "secret", "topsecret", "sensitive", "internal", "internalonly",
    "internaluse", "internaluseonly", "forinternaluse", "hidden", "hide", "unlisted", "embargoed", "draft", "drafts",
    "wip", "workinprogress", "unpublished", "unreleased", "unapproved", "nonpublic", "notpublic", "notforpublication",
    "notforsharing", "donotshare", "donotpublish", "donotdistribute", "dontshare", "dontpublish", "noshare", "onlyme",
    "meonly", "teamonly", "owneronly", "ownersonly", "memberonly", "membersonly", "staffonly", "employeesonly",
    "adminonly", "adminsonly", "managersonly", "classified", "protected", "privileged", "proprietary", "nda",
    "undernda", "disabled", "inactive", "deleted",
    // German
    "vertraulich", "privat", "geheim", "intern", "nurintern", "nurteam", "nurfursteam", "entwurf", "gesperrt",
    "verborgen", "versteckt", "verbergen", "ausgeblendet", "ausblenden", "eingeschrankt", "eingeschraenkt",
    "beschrankt", "nichtoffentlich", "nichtveroffentlicht", "unveroffentlicht", "sperrvermerk",
    // French
    "confidentiel", "prive", "interne", "usageinterne", "restreint", "brouillon", "masque", "masquer", "nonpublie",
    "sensible",
    // Spanish, Italian, Portuguese
    "confidencial", "privado", "privada", "interno", "interna", "usointerno", "secreto", "secreta", "restringido",
    "restringida", "reservado", "borrador", "oculto", "ocultar", "soloequipo", "riservato", "riservata",
    "confidenziale", "privato", "privata", "segreto", "bozza", "nascosto", "nascondi", "limitato", "sigiloso",
    "restrito", "rascunho",
    // Dutch
    "vertrouwelijk", "afgeschermd", "besloten", "beperkt", "verbergen", "nietopenbaar", "nietgepubliceerd",
    // Polish
    "poufny", "poufne", "poufna", "prywatny", "prywatne", "prywatna", "wewnetrzny", "wewnetrzne", "tajny", "tajne",
    "zastrzezony", "zastrzezone", "ograniczony", "szkic", "roboczy", "robocza", "wersjarobocza", "ukryty", "ukryte",
    // Russian
    "конфиденциально", "конфиденциальныи", "личное", "приватно", "приватныи", "приватное", "внутреннее", "внутреннии",
    "секретно", "секретныи", "скрыто", "скрытыи", "закрыто", "закрытыи", "ограничено", "черновик",
    // Japanese and Chinese
    "機密", "社外秘", "部外秘", "非公開", "下書き", "秘密", "極秘", "内部", "社内", "社内限定", "限定公開", "関係者限定", "非表示", "机密", "保密", "私有", "私密",
    "绝密", "草稿", "受限", "隐藏", "不公开",
];

/// Columns that say yes, or the day, for what everybody may see.
#[rustfmt::skip]
const OPEN: &[&str] = &[
    // English
    "public", "published", "publish", "publishing", "publishable", "publishedto", "publicationdate", "publicationday",
    "releasedate", "released", "releasedon", "launched", "live", "golive", "wentlive", "online", "shareable",
    "sharable", "shared", "share", "visible", "show", "shown", "publicly", "available", "clearedforrelease",
    "onwebsite", "onsite", "display", "displayed", "listed", "ready", "readytopublish", "readytoshare",
    "readyforpublication", "readyforuse", "approved", "approve", "approvedforuse", "approvedforpublication",
    "approvedforsharing", "signedoff", "signoff", "cleared", "clearedforpublication", "oktopublish", "oktoshare",
    "safetoshare", "canshare", "canbeshared", "maybeshared", "canbepublished", "forpublication", "enabled", "active",
    // German
    "offentlich", "oeffentlich", "veroffentlicht", "veroeffentlicht", "veroffentlichen", "veroffentlichung",
    "veroffentlichtam", "veroffentlichungsdatum", "freigegeben", "freigabe", "freigabedatum", "sichtbar", "geteilt",
    "teilen", "teilbar", "anzeigen", "genehmigt", "fertig", "bereit", "aktiv",
    // French
    "publie", "publiee", "publier", "publiele", "publique", "datedepublication", "partage", "partager", "approuve",
    "valide", "pret", "enligne", "diffusable", "afficher", "actif",
    // Spanish, Italian, Portuguese
    "publico", "publica", "publicado", "publicada", "publicar", "fechadepublicacion", "compartido", "compartir",
    "aprobado", "aprobada", "listo", "mostrar", "activo", "enlinea", "pubblico", "pubblica", "pubblicato",
    "pubblicata", "pubblicare", "datadipubblicazione", "visibile", "condiviso", "condividi", "approvato", "approvata",
    "pronto", "mostra", "attivo", "datadepublicacao", "visivel", "compartilhado", "partilhado", "aprovado",
    "aprovada", "ativo",
    // Dutch
    "openbaar", "publiek", "gepubliceerd", "publiceren", "publicatiedatum", "zichtbaar", "gedeeld", "goedgekeurd",
    "klaar", "gereed", "tonen", "actief",
    // Polish
    "publiczny", "publiczne", "publiczna", "opublikowany", "opublikowane", "opublikowano", "publikuj",
    "datapublikacji", "widoczny", "widoczne", "udostepniony", "udostepnione", "zatwierdzony", "zatwierdzone",
    "gotowe", "gotowy", "aktywny",
    // Russian
    "опубликовано", "опубликован", "публично", "публичныи", "общедоступно", "общедоступныи", "открыто", "видимыи",
    "утверждено", "одобрено", "готово", "показывать", "датапубликации",
    // Japanese and Chinese
    "公開", "公開済み", "公開日", "共有", "承認", "承認済み", "表示", "掲載", "公开", "已公开", "发布", "已发布", "發布", "发布日期", "共享", "批准", "已批准",
    "显示", "上线",
];

/// Names of who, or of the day on which somebody, let everybody see a prompt.
const SIGNED: &[&str] = &["approvedby", "publishedby", "releasedby", "signedoffby", "clearedby", "freigegebenvon"];

/// Columns that say yes, or the day, for what is no longer in use.
#[rustfmt::skip]
const ARCHIVED: &[&str] = &[
    "archived", "archive", "deprecated", "obsolete", "retired", "outdated", "superseded", "archiviert", "veraltet",
    "archivado", "obsoleto", "archiviato", "arquivado", "gearchiveerd", "verouderd", "zarchiwizowany",
    "zarchiwizowane", "архив", "вархиве", "アーカイブ", "アーカイブ済み", "归档", "已归档",
];

/// Names of the day before which nobody else may see a prompt.
#[rustfmt::skip]
const EMBARGO: &[&str] = &[
    "embargo", "embargountil", "embargoeduntil", "embargodate", "embargoends", "notbefore", "publishafter",
    "sperrfrist", "gesperrtbis", "embargojusquau", "embargohasta", "embargofinoal", "эмбарго", "解禁日",
];

/// Words of a longer name, or its end, that say what it is about, such as the second of `Review status`.
const WORDS: &[(&str, Says)] = &[
    ("status", Says::Status),
    ("statut", Says::Status),
    ("статус", Says::Status),
    ("ステータス", Says::Status),
    ("状态", Says::Status),
    ("audience", Says::Audience),
    ("visibility", Says::Audience),
    ("confidentiality", Says::Audience),
    ("sensitivity", Says::Audience),
    ("sichtbarkeit", Says::Audience),
    ("vertraulichkeit", Says::Audience),
    ("confidential", Says::Restricted),
    ("embargo", Says::Embargo),
];

/// Words that say no more of a name than where its values stand.
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "is", "it", "ist", "the", "this", "be", "a", "data", "information", "info", "document", "content", "prompt",
    "row", "entry", "item", "record", "current", "security", "label", "level", "rating", "marking", "flag", "date",
    "day", "at", "on", "in", "to", "for", "from", "since", "until", "am", "seit", "le", "yet", "make", "can", "all",
    "everyone", "everybody", "anyone", "fur", "alle", "para", "todos", "pour", "tous", "per", "tutti", "voor",
    "website", "site", "web", "library", "catalogue", "catalog", "use", "settings", "setting", "group", "control",
    "already", "workflow", "lifecycle", "review", "publication", "publishing",
];

/// Words that turn the meaning of a name.
const NEGATIONS: &[&str] = &["not", "non", "no", "dont", "never", "nicht", "kein", "nao", "niet", "nie", "не"];

/// Parts of words for what a name may be about although no list has it.
#[rustfmt::skip]
const STEMS: &[&str] = &[
    "visib", "sichtb", "zicht", "widocz", "видим", "public", "publi", "offentlich", "openba", "публи", "priv", "pryw",
    "confid", "vertrau", "vertrouw", "pouf", "конфид", "secre", "geheim", "секрет", "restric", "restr", "access",
    "zugriff", "acces", "toegang", "dostep", "доступ", "audien", "share", "sharing", "shari", "permission", "draft",
    "entwurf", "approv", "freigab", "genehm", "status", "state", "stage", "phase", "embargo", "sperr", "classif",
    "klassif", "sensitiv", "clearance", "hidden", "hide", "show", "internal", "intern", "review", "release", "licen",
    "viewer", "reader", "scope", "rights", "archiv", "enable", "exposure", "extern", "lock", "verif", "nda", "only",
    "公開", "公开", "秘", "密", "状態", "状态", "权限", "権限", "限定",
];

/// What values are about by their name.
pub(in super::super) fn says(name: &str) -> Says {
    let words = words(name);
    let rest: String = words.iter().map(String::as_str).filter(|word| !FILLERS.contains(word)).collect();
    let whole = folded(name);
    // `ispublic` in one word.
    let flag = whole.strip_prefix("is").unwrap_or_default();
    let by_list = [&whole, &rest].into_iter().find_map(|name| listed(name)).or_else(|| flagged(flag));
    if let Some(says) = by_list.or_else(|| of_flags(&words)) {
        return says;
    }
    let about = |(own, _): &&(&str, Says)| words.iter().any(|word| word == own) || whole.ends_with(own);
    WORDS.iter().find(about).map_or(Says::AnyWord, |(_, says)| *says)
}

/// Whether a name may be about who may see a prompt, although that is not known.
pub(in super::super) fn may_limit(name: &str) -> bool {
    let whole = folded(name);
    STEMS.iter().any(|stem| whole.contains(stem))
}

/// What a name of several words is about each of which says the same, such as `Publicly visible`, or which is a phrase.
fn of_flags(words: &[String]) -> Option<Says> {
    if phrases::is_phrase(words) {
        return Some(Says::Restricted);
    }
    let counts = |word: &&str| !FILLERS.contains(word) && !NEGATIONS.contains(word);
    let mut flags = words.iter().map(String::as_str).filter(counts).map(flagged);
    let first = flags.next()??;
    let is_denied = words.iter().any(|word| NEGATIONS.contains(&word.as_str()));
    let says = if is_denied && first == Says::Open { Says::Restricted } else { first };
    (flags.all(|flag| flag == Some(first)) && (!is_denied || first == Says::Open)).then_some(says)
}

fn listed(name: &str) -> Option<Says> {
    let lists = [
        (AUDIENCE, Says::Audience),
        (STATUS, Says::Status),
        (SIGNED, Says::Signed),
        (ARCHIVED, Says::Archived),
        (EMBARGO, Says::Embargo),
    ];
    lists.into_iter().find(|(names, _)| names.contains(&name)).map(|(_, says)| says).or_else(|| flagged(name))
}

fn flagged(name: &str) -> Option<Says> {
    let lists = [(RESTRICTED, Says::Restricted), (OPEN, Says::Open)];
    lists.into_iter().find(|(names, _)| names.contains(&name)).map(|(_, says)| says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded() {
        let lists = [AUDIENCE, STATUS, RESTRICTED, OPEN, SIGNED, ARCHIVED, EMBARGO, STEMS, FILLERS];
        for name in lists.into_iter().flatten().chain(WORDS.iter().map(|(word, _)| word)) {
            assert_eq!(folded(name), *name);
        }
    }

    #[test]
    fn a_name_is_known_in_any_spelling() {
        for (names, wanted) in [
            (
                &["TLP", "Data classification", "dataClassification", "Sensitivity label", "Clearance"][..],
                Says::Audience,
            ),
            (&["Visibilité", "Niveau d’accès", "Sichtbarkeit", "公開範囲", "可见性", "Dostęp"], Says::Audience),
            (&["Workflow state", "State", "Publication state", "Freigabestatus", "État", "Статус"], Says::Status),
            (
                &[
                    "Hide",
                    "Team only",
                    "Owner-only",
                    "is_private",
                    "isPrivate",
                    "Privé",
                    "Poufne",
                    "機密",
                    "HR only",
                    "Not yet public",
                    "For internal use",
                ],
                Says::Restricted,
            ),
            (
                &[
                    "Publish",
                    "Live?",
                    "Ready",
                    "Is it public",
                    "published_at",
                    "Veröffentlicht am",
                    "公开",
                    "Show on website",
                ],
                Says::Open,
            ),
            (&["Archived", "archived_at"], Says::Archived),
            (&["Embargo", "Embargo until", "Sperrfrist"], Says::Embargo),
            (&["for_devs", "type", "Stage", "Published by whom", "Concept", "Public URL", "Draft text"], Says::AnyWord),
        ] {
            for name in names {
                assert_eq!(says(name), wanted, "{name}");
            }
        }
        assert!(may_limit("Stage") && may_limit("Public URL") && !may_limit("for_devs") && !may_limit("type"));
    }
}
