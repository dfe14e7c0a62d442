import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wholeCatalogue } from '../check/testing/catalogue.ts';
import { exampleArn } from './arns.ts';
import type { Need, Way } from './row.ts';
import { REACH_ROWS } from './rows/index.ts';
import { withRows } from './testing/row-table.ts';
import { someWorkload } from './workloads.ts';

const catalogue = wholeCatalogue();
const needs = REACH_ROWS.flatMap(({ path, ways }) =>
  ways.flatMap((way) => needsOf(way).map((need) => ({ title: `${path} ${need.action} on ${need.on}`, need, way }))),
);

function needsOf(way: Way): readonly Need[] {
  if (way.kind === 'change-and-enter') return [];
  const others = way.kind === 'deputy' ? way.deputyNeeds : way.kind === 'open-resource' ? way.gains : [];
  const full = way.kind === 'change' ? (way.whenFull ?? []) : [];
  return [...way.needs, ...others, ...full];
}

function described({ action }: Need) {
  const [service = '', name = ''] = action.split(':');
  return catalogue.get(service)?.actions.get(name.toLowerCase());
}

/** Whether an ARN is of a resource type, as the Service Authorization Reference writes its format. */
function isOfType(arn: string, format: string): boolean {
  const pattern = format
    .replace('${Partition}', 'aws')
    .split(/\$\{[^}]*\}/)
    .map((text) => text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&'))
    .join('[^:]*');
  return new RegExp(`^${pattern}$`).test(arn);
}

describe('what the rows need is what AWS has', () => {
  it.each(needs)('$title', ({ need, way }) => {
    const action = described(need);
    expect(action?.name).toBe(need.action.split(':')[1]);
    const keys = (action?.conditionKeys ?? []).map(({ name }) => name.toLowerCase());
    const unknown = Object.keys(need.context ?? {}).filter((key) => !keys.includes(key.toLowerCase()));
    expect(unknown).toEqual([]);
    const types = (action?.resourceTypes ?? []).map(({ arn }) => arn);
    if (need.on === '*') return expect(types).toEqual([]);
    const workload = 'workload' in way && way.workload !== undefined ? someWorkload(way.workload) : '';
    const template = need.on
      .replace('$workload', workload)
      .replace('$resource', 'resource' in way ? `${way.resource}{x}` : '');
    if (template.startsWith('$')) return expect(types.length).toBeGreaterThan(0);
    const arn = exampleArn(template).replaceAll('*', 'x').replace('arn:x:', 'arn:aws:');
    expect(types.filter((format) => isOfType(arn, format)).length, `${arn} is none of ${types}`).toBeGreaterThan(0);
  });
});

it('docs/reach.md lists the rows as they are', () => {
  const document = readFileSync(new URL('../../docs/reach.md', import.meta.url), 'utf8');
  expect(withRows(document)).toBe(document);
});
