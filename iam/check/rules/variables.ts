/** Rules about policy variables. IAM User Guide, "IAM policy elements: Variables and tags". */
import type { CheckContext } from '../context.ts';
import type { StatementView, TextValue } from '../document.ts';
import { rewrite } from '../edits.ts';
import type { Span } from '../finding.ts';
import { familyOf, isMultivalued, lookUpKey } from '../keys.ts';

export function checkVariables(context: CheckContext): void {
  if (context.document.version !== '2012-10-17') return;
  for (const statement of context.document.statements) {
    for (const value of statement.resources?.values ?? []) checkText(context, value);
    checkOtherElements(context, statement);
    for (const { name, values } of statement.conditions) {
      const family = familyOf(name.operator);
      for (const value of values) {
        if (!value.text.includes('${')) continue;
        if (family === 'String' || family === 'Arn') checkText(context, value);
        // Of Bool the pages of AWS say both.
        else if (family !== 'Bool') {
          const message = `${name.operator} takes "${value.text}" as it stands: only string and ARN operators put variables in.`;
          context.report('variable-for-operator', value, message);
        }
      }
    }
  }
}

function checkOtherElements({ report }: CheckContext, { actions, principal, members }: StatementView): void {
  const sid = members.get('Sid');
  const texts: (Span & { readonly text: string })[] = [
    ...(actions?.values ?? []),
    ...(principal?.types.flatMap(({ values }) => values) ?? []),
    ...(sid?.node.kind === 'string' ? [{ ...sid.span, text: sid.node.value }] : []),
  ];
  for (const value of texts) {
    if (!value.text.includes('${')) continue;
    const message = `"${value.text}" is taken as it stands: AWS puts variables into Resource and Condition only.`;
    report('variable-in-wrong-element', value, message);
  }
}

function checkText(context: CheckContext, value: TextValue): void {
  const { text } = value;
  const { report } = context;
  for (let open = text.indexOf('${'); open >= 0; open = text.indexOf('${', open + 2)) {
    const close = text.indexOf('}', open);
    const next = text.indexOf('${', open + 2);
    if (close < 0 || (next >= 0 && next < close)) {
      const end = text.slice(open + 2).search(/[^\w:/.,' -]/);
      const at = end < 0 ? text.length : open + 2 + end;
      const repaired = rewrite(value, `${text.slice(0, at)}}${text.slice(at)}`);
      report(
        'missing-brace-in-variable',
        value,
        `The variable in "${text}" is not closed: it stays plain text.`,
        repaired,
      );
      return;
    }
    checkVariable(context, value, { open, close });
  }
}

function checkVariable(
  { report, catalogue }: CheckContext,
  value: TextValue,
  { open, close }: { open: number; close: number },
): void {
  const { text } = value;
  const inside = text.slice(open + 2, close);
  if (inside === '*' || inside === '?' || inside === '$') return;
  const write = (right: string) => rewrite(value, `${text.slice(0, open)}\${${right}}${text.slice(close + 1)}`);
  const comma = inside.indexOf(',');
  const name = comma < 0 ? inside : inside.slice(0, comma);
  const fallback = comma < 0 ? undefined : inside.slice(comma + 1).trim();
  if (name.trim() === '') {
    const without = text.slice(0, open) + text.slice(close + 1);
    report(
      'empty-variable',
      value,
      `"${text}" holds a variable without a name.`,
      without === '' ? undefined : rewrite(value, without),
    );
    return;
  }
  // The part after the slash of a tag is the tag's key, which may hold spaces and symbols.
  const slash = name.indexOf('/');
  const fixed = slash < 0 ? name : name.slice(0, slash);
  if (fixed.includes(' ')) {
    const right = inside.replace(name, name.replaceAll(' ', ''));
    report('space-in-variable', value, `The name of a variable has no spaces: "\${${inside}}".`, write(right));
  } else if ([...fixed].some((unit) => '*?$<>{}()[]"\'|&;=!'.includes(unit))) {
    report(
      'symbol-in-variable',
      value,
      `"\${${inside}}" is no variable: its name is a condition key, or one of * ? $.`,
    );
  } else {
    const knowledge = lookUpKey(catalogue, name);
    if (knowledge.kind === 'unknown-global')
      report('unknown-variable', value, `There is no key "${name}": the text matches nothing.`);
    else if (knowledge.kind === 'known' && isMultivalued(knowledge.key)) {
      report(
        'multivalued-variable',
        value,
        `${name} has many values, and cannot be a variable: the text matches nothing.`,
      );
    }
  }
  if (fallback === undefined || (fallback.length >= 2 && fallback.startsWith("'") && fallback.endsWith("'"))) return;
  const bare = fallback.replaceAll("'", '');
  const message = `The default of a variable stands in single quotes: \${${name}, '${bare}'}.`;
  report('missing-quote-in-variable', value, message, write(`${name}, '${bare}'`));
}
