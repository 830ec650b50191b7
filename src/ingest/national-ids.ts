import * as tfn from 'stdnum/lib/cjs/au/tfn.js'
import * as nn from 'stdnum/lib/cjs/be/nn.js'
import * as cpf from 'stdnum/lib/cjs/br/cpf.js'
import * as sin from 'stdnum/lib/cjs/ca/sin.js'
import * as ahv from 'stdnum/lib/cjs/ch/ssn.js'
import * as run from 'stdnum/lib/cjs/cl/run.js'
import * as idnr from 'stdnum/lib/cjs/de/idnr.js'
import * as cpr from 'stdnum/lib/cjs/dk/cpr.js'
import * as dni from 'stdnum/lib/cjs/es/dni.js'
import * as nie from 'stdnum/lib/cjs/es/nie.js'
import * as hetu from 'stdnum/lib/cjs/fi/hetu.js'
import * as nir from 'stdnum/lib/cjs/fr/nir.js'
import * as nino from 'stdnum/lib/cjs/gb/nino.js'
import * as pps from 'stdnum/lib/cjs/ie/pps.js'
import * as aadhaar from 'stdnum/lib/cjs/in/aadhaar.js'
import * as codiceFiscale from 'stdnum/lib/cjs/it/codicefiscale.js'
import * as curp from 'stdnum/lib/cjs/mx/curp.js'
import * as bsn from 'stdnum/lib/cjs/nl/bsn.js'
import * as fodselsnummer from 'stdnum/lib/cjs/no/fodselsnummer.js'
import * as pesel from 'stdnum/lib/cjs/pl/pesel.js'
import * as cnp from 'stdnum/lib/cjs/ro/cnp.js'
import * as personnummer from 'stdnum/lib/cjs/se/personnummer.js'
import * as ssn from 'stdnum/lib/cjs/us/ssn.js'

/** Its check digits, dates and letters decide, as the country issues them. */
interface Scheme {
  validate(number: string): { isValid: boolean }
}

/** Ids that are told by their form alone, and checked then. */
const SHAPES: readonly { pattern: string; scheme: Scheme }[] = [
  { pattern: '[A-CEGHJ-PR-TW-Z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]', scheme: nino },
  { pattern: '[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]', scheme: codiceFiscale },
  { pattern: '[A-Z]{4}\\d{6}[HM][A-Z]{5}[A-Z\\d]\\d', scheme: curp },
  { pattern: '\\d{6}[-+A]\\d{3}[\\dA-Y]', scheme: hetu },
  { pattern: '756\\.\\d{4}\\.\\d{4}\\.\\d{2}', scheme: ahv },
  { pattern: '\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}', scheme: cpf },
  { pattern: '\\d{1,2}\\.\\d{3}\\.\\d{3}-[\\dK]', scheme: run },
  { pattern: '[12] \\d{2} \\d{2} \\d{2} \\d{3} \\d{3} \\d{2}', scheme: nir },
]
/** Ids that are bare numbers, or look like those of orders and parts: taken for one only behind a word that says so. */
const LABELLED: readonly Scheme[] = [
  ...[tfn, nn, cpf, sin, ahv, run, idnr, cpr, dni, nie, hetu, nir, nino, pps, aadhaar, codiceFiscale, curp, bsn],
  ...[fodselsnummer, pesel, cnp, personnummer, ssn],
]
const LABELS = [
  'ssn|social security|social insurance|sin|national (?:insurance|identity|id)|nino|pps|tfn|tax file|cpf|pesel|cnp',
  'aadhaa?r|bsn|burgerservice|rijksregister|steuer-?id(?:entifikations)?|idnr|ahv|avs|nir|s[ée]curit[ée] sociale',
  'dni|nie|nif|codice fiscale|personnummer|f[øo]dselsnummer|cpr|henkil[öo]tunnus|hetu|curp|rut|id card|identity card',
].join('|')
/** In German and Dutch the label and its "number" are one word: Steueridentifikationsnummer, burgerservicenummer. */
const LABEL = `(?:${LABELS})(?:[ -]?(?:number|nummer|num[ée]ro|n[úu]mero|code|no|nr|id))?`

/**
 * Where there is none of these, there is no national id: the beginning of a form, or a word that says so. The latter asks
 * for less than LABELLED_ID does, and so is quick over a long text.
 */
export const SHAPE_HINT =
  /[A-Z]{2} ?\d{2} ?\d{2} ?\d|[A-Z]{4}\d{2}|\d{6}[-+A]\d{3}|756\.\d{4}|\d\.\d{3}\.\d{3}-|[12] \d{2} \d{2} \d{2} /
export const LABEL_HINT = new RegExp(`(?:\\b|_)${LABEL}(?![a-z])`, 'i')

export const SHAPED_ID = new RegExp(
  `(?<![\\w.,+-])(?:${SHAPES.map(({ pattern }) => `(${pattern})`).join('|')})(?![\\w]|[.,-]\\d)`,
  'g',
)

/** The mark, where the check digits agree with the form that was seen. */
export function markShapedId(match: string, ...groups: (string | undefined)[]): string {
  const shape = SHAPES.findIndex((_, index) => groups[index] !== undefined)
  return shape >= 0 && isValid(SHAPES[shape]!.scheme, match) ? MARK : match
}

export const LABELLED_ID = new RegExp(
  `(?<![\\p{L}\\p{N}])(${LABEL}(?!\\p{L})\\.?(?: is|:|=|#)? {0,3})([A-Z\\d](?:[ ./-]?[A-Z\\d]){6,19})(?![\\p{L}\\p{N}])`,
  'giu',
)

/** What follows the number may look like a part of it: the longest beginning that is a national id is taken. */
export function markLabelledId(match: string, label: string, following: string): string {
  for (const end of endsOf(following)) {
    const number = following.slice(0, end)
    if (/\d{2}/.test(number) && LABELLED.some((scheme) => isValid(scheme, number)))
      return `${label}${MARK}${following.slice(end)}`
  }
  return match
}

const MARK = '[national id]'

/** Where a number may end: at the end, or before a separator; the longest first. */
function endsOf(text: string): number[] {
  const ends = [text.length]
  for (let place = text.length - 1; place > 0; place--) if (/[ ./-]/.test(text[place]!)) ends.push(place)
  return ends
}

function isValid(scheme: Scheme, number: string): boolean {
  const written = number.toUpperCase()
  // Some schemes know no points between digits.
  return scheme.validate(written).isValid || scheme.validate(written.replaceAll('.', '')).isValid
}
