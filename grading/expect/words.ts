/** What an output is and what was wanted of it, in words. */
import { search } from 'jmespath';
import { holds } from '../answer.ts';
import { type Claim, type Comparator, readClaim, readProjection } from './claim.ts';

/** Of lists and objects no more is told. */
const MOST_ITEMS = 3;

/**
 * Why an expression does not hold of an output: `PolicyNames must be empty; it holds Grant`. Of several parts the first that fails. Long
 * texts are told whole: whoever cuts them must first take out what nobody is to see.
 */
export function whyNot(expression: string, output: unknown): string {
  return tell(readClaim(expression), output);
}

function tell(claim: Claim, output: unknown): string {
  switch (claim.kind) {
    case 'all': {
      // As JMESPath has it, all are true where none is false, and the last is the answer.
      const failing = claim.claims.find(({ text }) => isFalse(text, output)) ?? claim.claims.at(-1);
      return failing === undefined ? tellOther(claim, output) : tell(failing, output);
    }
    case 'any':
      return claim.claims.map((each) => tell(each, output)).join(', or ');
    case 'not':
      return claim.claim.kind === 'calls' ? tellCall(claim.claim, 'not ', output) : tellOther(claim, output);
    case 'compares':
      return tellComparison(claim, output);
    case 'calls':
      return tellCall(claim, '', output);
    case 'other':
      return tellOther(claim, output);
  }
}

function tellOther({ text }: Claim, output: unknown): string {
  return sentence(text, 'be true', answerTo(text, output));
}

function tellComparison({ left, comparator, right, text }: Claim & { kind: 'compares' }, output: unknown): string {
  const wanted = answerTo(right, output);
  const counted = readClaim(left);
  if (counted.kind === 'calls' && counted.name === 'length' && typeof wanted === 'number') {
    const [list = ''] = counted.parameters;
    const value = answerTo(list, output);
    if (typeof value !== 'string') return sentence(list, counts(comparator, wanted), value);
  }
  if (wanted === undefined) return tellOther({ kind: 'other', text }, output);
  return sentence(left, compares(comparator, wanted), answerTo(left, output));
}

function counts(comparator: Comparator, wanted: number): string {
  if (comparator === '==' && wanted === 0) return 'be empty';
  if ((comparator === '>' && wanted === 0) || (comparator === '!=' && wanted === 0)) return 'not be empty';
  return {
    '==': 'hold',
    '!=': 'not hold',
    '<': 'hold fewer than',
    '>': 'hold more than',
    '<=': 'hold at most',
    '>=': 'hold at least',
  }[comparator].concat(` ${wanted}`);
}

function compares(comparator: Comparator, wanted: unknown): string {
  if (wanted === null) return comparator === '==' ? 'not be there' : 'be there';
  const is = {
    '==': 'be',
    '!=': 'not be',
    '<': 'be less than',
    '>': 'be more than',
    '<=': 'be at most',
    '>=': 'be at least',
  };
  return `${is[comparator]} ${valueInWords(wanted)}`;
}

const verbs: Readonly<Record<string, readonly [must: string, does: string]>> = {
  contains: ['contain', 'contains'],
  starts_with: ['begin with', 'begins with'],
  ends_with: ['end with', 'ends with'],
};

function tellCall(claim: Claim & { kind: 'calls' }, not: '' | 'not ', output: unknown): string {
  const [subject = '', object = ''] = claim.parameters;
  const verb = verbs[claim.name];
  const wanted = answerTo(object, output);
  if (verb === undefined || wanted === undefined) return tellOther(claim, output);
  return sentence(subject, `${not}${verb[0]} ${valueInWords(wanted)}`, answerTo(subject, output));
}

function sentence(subject: string, wanted: string, value: unknown): string {
  return `${nameOf(subject)} must ${wanted}; it ${isInWords(value)}`;
}

/** What an expression comes to; undefined where it cannot be asked of this output. */
function answerTo(expression: string, output: unknown): unknown {
  try {
    return search(output, expression);
  } catch {
    return undefined;
  }
}

function isFalse(expression: string, output: unknown): boolean {
  return answerTo(expression, output) === undefined || holds(`!(${expression})`, output);
}

/** `UserName of Users whose Path is /` for `Users[?Path == '/'].UserName`. */
function nameOf(expression: string): string {
  const projection = readProjection(expression);
  if (projection === undefined) return expression;
  const { of, filter, rest } = projection;
  const whose = filter === undefined ? '' : ` whose ${conditionInWords(readClaim(filter))}`;
  return `${rest === '' ? '' : `${nameOf(rest)} of `}${of}${whose}`;
}

function conditionInWords(claim: Claim): string {
  switch (claim.kind) {
    case 'all':
      return claim.claims.map(conditionInWords).join(' and ');
    case 'any':
      return claim.claims.map(conditionInWords).join(' or ');
    case 'compares': {
      const is = {
        '==': 'is',
        '!=': 'is not',
        '<': 'is less than',
        '>': 'is more than',
        '<=': 'is at most',
        '>=': 'is at least',
      };
      return `${claim.left} ${is[claim.comparator]} ${literalInWords(claim.right)}`;
    }
    case 'calls': {
      const [subject = '', object = ''] = claim.parameters;
      const verb = verbs[claim.name];
      return verb === undefined ? claim.text : `${subject} ${verb[1]} ${literalInWords(object)}`;
    }
    default:
      return claim.text;
  }
}

/** A literal without its quotes; any other expression as it is. */
function literalInWords(expression: string): string {
  return /^['`]/.test(expression) ? valueInWords(answerTo(expression, null)) : expression;
}

function isInWords(value: unknown): string {
  if (value === null || value === undefined) return 'is not there';
  if (!Array.isArray(value)) return `is ${valueInWords(value)}`;
  if (value.length === 0) return 'is empty';
  return `holds ${value.length > 1 ? `${value.length}: ` : ''}${valueInWords(value)}`;
}

function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (value === '') return 'an empty text';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : listed(value.map(valueInWords));
  if (typeof value !== 'object') return String(value);
  const told = Object.entries(value).filter(([, member]) => typeof member !== 'object');
  if (told.length === 0) return `an object with ${listed(Object.keys(value)) || 'nothing in it'}`;
  return listed(told.map(([name, member]) => `${name} ${valueInWords(member)}`));
}

function listed(words: readonly string[]): string {
  const more = words.length - MOST_ITEMS;
  return words.slice(0, MOST_ITEMS).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
