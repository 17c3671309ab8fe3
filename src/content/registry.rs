//! The registry of kinds, and the name of each.

/// The registry: every kind, in the order in which lists of kinds have them. Hands it to a macro that makes something
/// of each.
macro_rules! each_kind {
    ($then:ident) => {
        $then! {
            Prompt,
            Project,
            WorkingDescription,
            ContextModule,
            Workflow,
            Win,
            Model,
            Person,
            Collection,
            Page,
        }
    };
}

pub(crate) use each_kind;

macro_rules! kinds {
    ($($kind:ident,)+) => {
        /// What sort of entry something is. The search index holds the number of each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = concat!("That of a [`", stringify!($kind), "`](super::kinds::", stringify!($kind), ").")] $kind,)+
        }

        impl Kind {
            /// Every kind, in the order in which lists of kinds have them.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];
        }
    };
}

each_kind!(kinds);
