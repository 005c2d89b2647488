//! The rules, one file each: code, level, since when, documentation in two languages, fixtures, and the check where
//! the rule is an observer. Rules without a check fire where the fault is met: on reading, normalising or matching.
//!
//! `docs/RULES.md` and the pages of `phusong explain` are made from these files.

use super::inputs::View;
use crate::finding::{Finding, Level, Rule};
use crate::lang::Lang;

/// A text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Tiếng Việt.
    pub vi: &'static str,
}

impl Text {
    /// The text of a language.
    pub fn pick(self, lang: Lang) -> &'static str {
        lang.pick(self.vi, self.en)
    }
}

/// A check: looks at everything and notes findings.
pub(super) type Check = fn(&View<'_>, &mut dyn FnMut(Finding));

/// A rule, as its file has it.
#[derive(Clone, Copy)]
pub struct RuleDoc {
    /// Which rule.
    pub rule: Rule,
    /// Its stable code.
    pub code: &'static str,
    /// The level it has unless a study says otherwise.
    pub level: Level,
    /// The first version that has it.
    pub since: &'static str,
    /// What it says.
    pub what: Text,
    /// Why it matters.
    pub why: Text,
    /// What it looks like.
    pub example: Text,
    /// What to do about it.
    pub mend: Text,
    check: Option<Check>,
    /// Small inputs on which it fires (`tests/rules.rs` has the notation).
    pub bad: &'static [&'static str],
    /// Small inputs on which it does not.
    pub good: &'static [&'static str],
}

macro_rules! rule_files {
    ($($module:ident $rule:ident;)*) => {
        $(mod $module;)*

        /// What is known of a rule.
        pub fn doc(rule: Rule) -> &'static RuleDoc {
            match rule { $(Rule::$rule => &$module::RULE,)* }
        }
    };
}

rule_files! {
    unreadable_file UnreadableFile;
    input_limit_exceeded InputLimitExceeded;
    encoding_not_utf8 EncodingNotUtf8;
    header_not_found HeaderNotFound;
    header_ambiguous HeaderAmbiguous;
    required_column_missing RequiredColumnMissing;
    hidden_content HiddenContent;
    subtotal_row_skipped SubtotalRowSkipped;
    subtotal_mismatch SubtotalMismatch;
    declared_total_mismatch DeclaredTotalMismatch;
    merged_value_filled MergedValueFilled;
    formula_without_value FormulaWithoutValue;
    sequence_gap SequenceGap;
    legacy_font_text LegacyFontText;
    non_nfc_text NonNfcText;
    tone_placement_variant TonePlacementVariant;
    lookalike_character LookalikeCharacter;
    multiple_villages_in_cell MultipleVillagesInCell;
    ditto_mark_value DittoMarkValue;
    unknown_commune UnknownCommune;
    commune_ambiguous CommuneAmbiguous;
    old_commune_mapped OldCommuneMapped;
    commune_false_friend CommuneFalseFriend;
    commune_code_name_mismatch CommuneCodeNameMismatch;
    village_not_in_register VillageNotInRegister;
    village_ambiguous VillageAmbiguous;
    coord_missing CoordMissing;
    coord_unparseable CoordUnparseable;
    coord_swapped CoordSwapped;
    coord_crs_guessed CoordCrsGuessed;
    coord_outside_province CoordOutsideProvince;
    coord_far_from_commune CoordFarFromCommune;
    coord_low_precision CoordLowPrecision;
    coord_repeated CoordRepeated;
    polygon_invalid PolygonInvalid;
    polygon_winding PolygonWinding;
    number_ambiguous NumberAmbiguous;
    date_suspect DateSuspect;
    yes_no_unrecognised YesNoUnrecognised;
    duplicate_within_carrier DuplicateWithinCarrier;
    carriers_disagree CarriersDisagree;
    severity_inconsistent SeverityInconsistent;
    station_within_reach StationWithinReach;
    covered_only_by_2g CoveredOnlyBy2g;
    plan_missing_or_overdue PlanMissingOrOverdue;
    row_unreadable RowUnreadable;
    number_unparseable NumberUnparseable;
    outside_register OutsideRegister;
    match_by_position MatchByPosition;
    register_row_unusable RegisterRowUnusable;
    severity_unrecognised SeverityUnrecognised;
    coord_decimal_restored CoordDecimalRestored;
    duplicate_id DuplicateId;
    coord_far_from_village CoordFarFromVillage;
    population_implausible PopulationImplausible;
    district_commune_mismatch DistrictCommuneMismatch;
    carrier_unrecognised CarrierUnrecognised;
    province_mismatch ProvinceMismatch;
    list_without_areas ListWithoutAreas;
    another_table_below AnotherTableBelow;
    carrier_in_several_lists CarrierInSeveralLists;
    another_table_beside AnotherTableBeside;
    sheet_of_another_carrier SheetOfAnotherCarrier;
    carriers_in_columns CarriersInColumns;
}

/// The rules that observe, with their checks.
pub(super) fn observers() -> impl Iterator<Item = (Rule, Check)> {
    Rule::ALL.iter().filter_map(|rule| Some((*rule, doc(*rule).check?)))
}

/// The page of a rule for a terminal.
pub fn page(rule: Rule, lang: Lang) -> String {
    let doc = doc(rule);
    let level = doc.level.word(lang);
    let part = |title: (&'static str, &'static str), text: Text| {
        format!("{}\n  {}\n\n", lang.pick(title.0, title.1), text.pick(lang))
    };
    let mut text = format!(
        "{}  ({level}, {} {})\n{}\n\n",
        doc.code,
        lang.pick("từ phiên bản", "since"),
        doc.since,
        rule.summary(lang)
    );
    text.push_str(&part(("Là gì", "What"), doc.what));
    text.push_str(&part(("Vì sao", "Why"), doc.why));
    text.push_str(&part(("Ví dụ", "Example"), doc.example));
    text.push_str(&part(("Cách sửa", "How to mend"), doc.mend));
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// `docs/RULES.md`.
pub fn markdown() -> String {
    let mut text = String::from(
        "# The rules of `phusong validate`\n\nMade from `src/validate/rules`; do not edit. \
         `UPDATE_DOCS=1 cargo test --test rules` writes it anew.\n\n\
         **error**: the row cannot be used as it stands. **warning**: used, but someone should look. \
         **info**: repaired or noted.\n\n| code | level | since | fires when |\n|---|---|---|---|\n",
    );
    for rule in Rule::ALL {
        let doc = doc(*rule);
        let summary = rule.summary(Lang::En);
        let code = doc.code;
        text.push_str(&format!("| [{code}](#{code}) | {} | {} | {summary} |\n", doc.level.key(), doc.since));
    }
    for rule in Rule::ALL {
        let doc = doc(*rule);
        text.push_str(&format!("\n## {}\n", doc.code));
        for (title, part) in
            [("What", doc.what), ("Why", doc.why), ("Example", doc.example), ("Mend", doc.mend)]
        {
            text.push_str(&format!("\n**{title}.** {}  \n*{}*\n", part.en, part.vi));
        }
    }
    text
}
