/** What makes the parts of a line depend on each other in ways that only bash knows. */
const entwined =
  /<<|[{}()`]|\[\[|\\\n|(?:^|[;&|\n])\s*(?:!\s+)?(?:if|for|while|until|case|select|function|time|exit|exec|set|trap|wait|jobs|fg|bg)(?=[\s;]|$)|(?<![&>])&(?![&>])|#/;

/** Text in quotes, which ends no statement. */
const quoted = /'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]/g;
/** Substitutions stand within one statement, but what they contain is not looked into. */
const substitution = /\$\([^()]*\)|\$\{[^{}]*\}/g;
/** Substitutions within substitutions that are seen through. */
const deepest = 8;

const blank = (text: string): string => '.'.repeat(text.length);

/**
 * The statements of a line that can run one after the other, so that what each of them says is shown in order. A line of
 * which this is not certain (compounds, here-documents, functions, background jobs) stays whole.
 */
export function statementsOf(line: string): string[] {
  let plain = line.replace(quoted, blank);
  for (let depth = 0; depth < deepest; depth += 1) plain = plain.replace(substitution, blank);
  if (entwined.test(plain)) return [line];
  const statements: string[] = [];
  let from = 0;
  for (const { index } of plain.matchAll(/[;\n]/g)) {
    statements.push(line.slice(from, index));
    from = index + 1;
  }
  statements.push(line.slice(from));
  const real = statements.filter((statement) => statement.trim() !== '');
  // An empty part before or between is bash's to refuse.
  const refused = /(?:^|;)\s*;/.test(plain) || /(?:&&|\|\|?)\s*(?:;|$)/.test(plain);
  return refused || real.length === 0 ? [line] : real;
}
