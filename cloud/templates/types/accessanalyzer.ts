/** AWS::AccessAnalyzer::Analyzer. */
import { changedNames, retag, tagMap, tagsOf } from '../differences.ts';
import {
  answered,
  booleanOf,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  recordsOf,
  type Steps,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { boolean, list, number, record, tags, text } from '../shape.ts';

const criterion = record({ Property: text, Eq: list(text), Neq: list(text), Contains: list(text), Exists: boolean }, [
  'Property',
]);
const rule = record({ RuleName: text, Filter: list(criterion) }, ['RuleName', 'Filter']);
const exclusion = record({ AccountIds: list(text), ResourceTags: list(tags) });
const unusedAccess = record({ UnusedAccessAge: number, AnalysisRule: record({ Exclusions: list(exclusion) }) });

export const analyzer: ResourceType = {
  name: 'AWS::AccessAnalyzer::Analyzer',
  properties: record(
    {
      AnalyzerName: text,
      Type: text,
      ArchiveRules: list(rule),
      AnalyzerConfiguration: record({ UnusedAccessConfiguration: unusedAccess }),
      Tags: tags,
    },
    ['Type'],
  ),
  attributes: ['Arn'],
  fixed: ['AnalyzerName', 'Type'],
  *make(properties, { generatedName }) {
    const output = yield* send(
      'access-analyzer',
      'CreateAnalyzer',
      given({
        analyzerName: textOf(properties, 'AnalyzerName') ?? generatedName(255),
        type: textOf(properties, 'Type'),
        archiveRules: rulesOf(properties).map(({ ruleName, filter }) => ({ ruleName, filter })),
        configuration: configurationOf(properties),
        tags: tagMap(tagsOf(properties)),
      }),
    );
    const arn = answered(output, 'arn');
    return { ref: arn, attributes: { Arn: arn } };
  },
  *update({ ref, attributes, properties: before }, properties) {
    const analyzerName = nameIn(ref);
    const changed = changedNames(before, properties);
    if (changed.includes('ArchiveRules')) yield* changeRules(analyzerName, before, properties);
    const configuration = configurationOf(properties);
    if (changed.includes('AnalyzerConfiguration') && configuration !== undefined) {
      yield* send('access-analyzer', 'UpdateAnalyzer', { analyzerName, configuration });
    }
    yield* retag(before, properties, {
      service: 'access-analyzer',
      set: (set) => ['TagResource', { resourceArn: ref, tags: tagMap(set) }],
      remove: (tagKeys) => ['UntagResource', { resourceArn: ref, tagKeys }],
    });
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send('access-analyzer', 'DeleteAnalyzer', { analyzerName: nameIn(ref) });
  },
};

function nameIn(arn: string): string {
  return arn.split('analyzer/')[1] ?? '';
}

function* changeRules(analyzerName: string, before: Properties, after: Properties): Steps<void> {
  const [old, wanted] = [rulesOf(before), rulesOf(after)];
  for (const { ruleName } of old) {
    if (wanted.some((each) => each.ruleName === ruleName)) continue;
    yield* send('access-analyzer', 'DeleteArchiveRule', { analyzerName, ruleName });
  }
  for (const { ruleName, filter } of wanted) {
    const operation = old.some((each) => each.ruleName === ruleName) ? 'UpdateArchiveRule' : 'CreateArchiveRule';
    yield* send('access-analyzer', operation, { analyzerName, ruleName, filter });
  }
}

function rulesOf(properties: Properties) {
  return recordsOf(properties, 'ArchiveRules').map((each) => ({
    ruleName: textOf(each, 'RuleName') ?? '',
    filter: Object.fromEntries(recordsOf(each, 'Filter').map(criterionOf)),
  }));
}

function criterionOf(each: Properties) {
  const values = (name: string) => (name in each ? [...textsOf(each, name)] : undefined);
  const asked = given({
    eq: values('Eq'),
    neq: values('Neq'),
    contains: values('Contains'),
    exists: booleanOf(each, 'Exists'),
  });
  return [textOf(each, 'Property') ?? '', asked] as const;
}

function configurationOf(properties: Properties) {
  const unused = recordOf(recordOf(properties, 'AnalyzerConfiguration') ?? {}, 'UnusedAccessConfiguration');
  if (unused === undefined) return undefined;
  const exclusions = recordsOf(recordOf(unused, 'AnalysisRule') ?? {}, 'Exclusions').map((each) =>
    given({
      accountIds: 'AccountIds' in each ? [...textsOf(each, 'AccountIds')] : undefined,
      resourceTags: exclusionTags(each),
    }),
  );
  return {
    unusedAccess: given({
      unusedAccessAge: numberOf(unused, 'UnusedAccessAge'),
      analysisRule: exclusions.length === 0 ? undefined : { exclusions },
    }),
  };
}

function exclusionTags(each: Properties) {
  const lists = each['ResourceTags'];
  if (!Array.isArray(lists)) return undefined;
  return lists.map((Tags) => tagMap(tagsOf({ Tags: Tags as Properties[string] })));
}
