// The singular of English nouns, for struct names: a row of `agents` is an `Agent`.
// Tables of words and endings rather than clever rules; an ending is tried only where no whole word is listed.

/// The singular of a lower-case noun; a noun that is singular already comes back as it is.
///
/// | plural | singular |
/// |---|---|
/// | `agents`, `queries`, `boxes`, `addresses` | `agent`, `query`, `box`, `address` |
/// | `statuses`, `analyses`, `indices`, `people` | `status`, `analysis`, `index`, `person` |
/// | `status`, `address`, `series`, `news`, `data` | unchanged |
func singular(_ noun: String) -> String {
  if unchangingNouns.contains(noun) { return noun }
  if let known = irregularNouns[noun] { return known }
  guard noun.count > 2 else { return noun }
  for (ending, replacement) in singularEndings where noun.hasSuffix(ending) {
    return noun.dropLast(ending.count) + replacement
  }
  return noun
}

/// The same in both numbers, or singular in spite of their s.
private let unchangingNouns: Set<String> = [
  "aircraft", "alias", "analysis", "apparatus", "asparagus", "atlas", "basis", "bias", "bonus", "bus", "calculus",
  "campus", "canvas", "census", "chaos", "chassis", "christmas", "circus", "consensus", "corpus", "cosmos", "crisis",
  "cumulus", "data", "deer", "diabetes", "diagnosis", "emphasis", "equipment", "ethos", "feedback", "firmware", "fish",
  "focus", "gas", "genesis", "genius", "hardware", "headquarters", "hypothesis", "ibis", "info", "information", "iris",
  "jeans", "kudos", "lens", "logistics", "lotus", "mathematics", "means", "media", "metadata", "metropolis", "money",
  "moose", "nemesis", "nexus", "news", "oasis", "octopus", "offspring", "opus", "os", "pancreas", "parenthesis",
  "physics",
  "plus", "police", "politics", "prospectus", "radius", "rice", "salmon", "series", "sheep", "shorts", "sms",
  "software",
  "species", "status", "stimulus", "surplus", "swine", "syllabus", "synopsis", "synthesis", "tennis", "thesis",
  "trellis",
  "trousers", "trout", "tls", "tos", "css", "dns", "aws", "gps", "rss", "https", "ios", "us", "venus", "versus",
  "virus", "yes",
]

private let irregularNouns: [String: String] = [
  "addenda": "addendum", "apis": "api", "clis": "cli", "cpus": "cpu", "emojis": "emoji", "gpus": "gpu", "guis": "gui",
  "gurus": "guru", "kpis": "kpi", "menus": "menu", "niches": "niche", "skis": "ski", "skus": "sku",
  "submenus": "submenu",
  "taxis": "taxi", "uis": "ui", "uris": "uri", "wikis": "wiki", "zeroes": "zero", "aliases": "alias",
  "alumni": "alumnus", "appendices": "appendix", "atlases": "atlas",
  "axes": "axis", "bacteria": "bacterium", "biases": "bias", "buses": "bus", "busses": "bus", "cacti": "cactus",
  "caches": "cache", "caves": "cave", "children": "child", "cookies": "cookie", "corpora": "corpus",
  "criteria": "criterion",
  "crises": "crisis", "cuffs": "cuff", "curves": "curve", "curricula": "curriculum", "databases": "database",
  "dice": "die", "dies": "die", "dwarves": "dwarf", "echoes": "echo", "elves": "elf", "embargoes": "embargo",
  "errata": "erratum", "feet": "foot", "foci": "focus", "freebies": "freebie", "fungi": "fungus", "gases": "gas",
  "geese": "goose", "genera": "genus", "genies": "genie", "graves": "grave", "halves": "half", "heroes": "hero",
  "hippies": "hippie",
  "hooves": "hoof", "indices": "index", "indexes": "index", "irises": "iris", "knives": "knife", "leaves": "leaf",
  "lenses": "lens", "lice": "louse", "lies": "lie", "lives": "life", "loaves": "loaf", "matrices": "matrix",
  "men": "man",
  "mice": "mouse", "minutiae": "minutia", "mosquitoes": "mosquito", "movies": "movie", "nuclei": "nucleus",
  "octopi": "octopus",
  "oxen": "ox", "people": "person", "phenomena": "phenomenon", "pies": "pie", "potatoes": "potato", "quizzes": "quiz",
  "radii": "radius", "rookies": "rookie", "scarves": "scarf", "schemata": "schema", "selfies": "selfie",
  "selves": "self",
  "sheaves": "sheaf", "shelves": "shelf", "shoes": "shoe", "stigmata": "stigma", "stimuli": "stimulus",
  "strata": "stratum",
  "syllabi": "syllabus", "teeth": "tooth", "thieves": "thief", "ties": "tie", "toes": "toe", "tomatoes": "tomato",
  "torpedoes": "torpedo", "twos": "two", "vertices": "vertex", "vetoes": "veto", "viri": "virus", "vortices": "vortex",
  "wives": "wife",
  "wolves": "wolf", "women": "woman", "zombies": "zombie",
]

/// The first ending that fits decides; longer before shorter where one ends in another.
private let singularEndings: [(String, String)] = [
  // People by sex, and compounds of irregular nouns: salesmen, grandchildren, salespeople.
  ("women", "woman"), ("children", "child"), ("people", "person"), ("firemen", "fireman"), ("smen", "sman"),
  // Greek: analyses, hypotheses, diagnoses; but bases, cases, databases, phases, purchases end in -se.
  ("analyses", "analysis"), ("gnoses", "gnosis"), ("theses", "thesis"), ("nopses", "nopsis"), ("phases", "phase"),
  ("ellipses", "ellipsis"), ("oases", "oasis"),
  // Latin -us: statuses, viruses, campuses, bonuses, but uses, causes, houses, clauses, excuses.
  ("statuses", "status"), ("viruses", "virus"), ("mpuses", "mpus"), ("nuses", "nus"), ("nsuses", "nsus"),
  ("ocuses", "ocus"), ("adiuses", "adius"), ("orpuses", "orpus"), ("ircuses", "ircus"), ("eniuses", "enius"),
  ("exuses", "exus"), ("urpluses", "urplus"), ("luses", "lus"), ("aliases", "alias"), ("canvases", "canvas"),
  // -ss, -x, -z, -ch, -sh take -es.
  ("sses", "ss"), ("xes", "x"), ("zzes", "zz"), ("quizes", "quiz"), ("shes", "sh"), ("ches", "ch"),
  // -ies: series is listed; entries → entry.
  ("ies", "y"),
  // -f and -fe that turn to -ves are listed whole; the rest ends in -ve: archives, olives, moves.
  ("shelves", "shelf"), ("wolves", "wolf"), ("knives", "knife"), ("ves", "ve"),
  ("matrices", "matrix"), ("vertices", "vertex"), ("indices", "index"), ("endices", "endix"),
  ("ss", "ss"), ("us", "us"), ("is", "is"),
  ("s", ""),
]
