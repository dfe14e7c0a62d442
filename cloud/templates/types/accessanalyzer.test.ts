/** Analyzers out of templates. */
import { expect, it } from 'vitest';
import { accountId, partnerId, Sandbox } from '../../testing/sandbox.ts';
import { deployTemplate } from '../deploy.ts';
import { readTemplate } from '../template.ts';

it('makes analyzers with their rules, configuration and tags', async () => {
  const sandbox = new Sandbox();
  const read = readTemplate(
    JSON.stringify({
      Resources: {
        Zone: {
          Type: 'AWS::AccessAnalyzer::Analyzer',
          Properties: {
            AnalyzerName: 'zone',
            Type: 'ACCOUNT',
            ArchiveRules: [{ RuleName: 'partner', Filter: [{ Property: 'principal.AWS', Eq: [partnerId] }] }],
            Tags: [{ Key: 'team', Value: 'blue' }],
          },
        },
        Idle: {
          Type: 'AWS::AccessAnalyzer::Analyzer',
          Properties: {
            Type: 'ACCOUNT_UNUSED_ACCESS',
            AnalyzerConfiguration: {
              UnusedAccessConfiguration: {
                UnusedAccessAge: 45,
                AnalysisRule: { Exclusions: [{ ResourceTags: [[{ Key: 'season', Value: 'winter' }]] }] },
              },
            },
          },
        },
      },
    }),
  );
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems, null, 1));
  const send = async (service: string, operation: string, input: object) =>
    sandbox.call(`${service}:${operation}`, input);
  const { refs } = await deployTemplate(read.template, {}, send, { accountId, region: 'us-east-1' });
  expect(refs['Zone']).toBe(`arn:aws:access-analyzer:us-east-1:${accountId}:analyzer/zone`);
  const rule = sandbox.call('access-analyzer:GetArchiveRule', { analyzerName: 'zone', ruleName: 'partner' });
  expect(rule.archiveRule.filter).toEqual({ 'principal.AWS': { eq: [partnerId] } });
  const { analyzer } = sandbox.call('access-analyzer:GetAnalyzer', { analyzerName: refs['Idle']?.split('/')[1] });
  expect(analyzer.configuration.unusedAccess).toEqual({
    unusedAccessAge: 45,
    analysisRule: { exclusions: [{ resourceTags: [{ season: 'winter' }] }] },
  });
});
