/** IAM Access Analyzer: analyzers of external and of unused access, policies from use, policy validation and custom policy checks. */
import type { Service } from '../../service.ts';
import { accessanalyzerModel } from '../../wire/models.ts';
import { createAnalyzer, deleteAnalyzer, getAnalyzer, listAnalyzers, updateAnalyzer } from './analyzers.ts';
import {
  applyArchiveRule,
  createArchiveRule,
  deleteArchiveRule,
  getArchiveRule,
  listArchiveRules,
  updateArchiveRule,
} from './archive-rules.ts';
import { checkAccessNotGranted, checkNoNewAccess, checkNoPublicAccess } from './custom-checks.ts';
import { getFinding, getFindingV2, listFindings, listFindingsV2, updateFindings } from './findings.ts';
import {
  cancelPolicyGeneration,
  getGeneratedPolicy,
  listPolicyGenerations,
  startPolicyGeneration,
} from './policy-generation.ts';
import { getAnalyzedResource, getFindingsStatistics, listAnalyzedResources, startResourceScan } from './resources.ts';
import { listTagsForResource, tagResource, tagsOf, untagResource } from './tags.ts';
import { validatePolicy } from './validate-policy.ts';

export const accessanalyzerService: Service = {
  name: 'access-analyzer',
  model: accessanalyzerModel,
  resources: { tagsOf },
  operations: {
    ApplyArchiveRule: applyArchiveRule,
    CancelPolicyGeneration: cancelPolicyGeneration,
    CheckAccessNotGranted: checkAccessNotGranted,
    CheckNoNewAccess: checkNoNewAccess,
    CheckNoPublicAccess: checkNoPublicAccess,
    CreateAnalyzer: createAnalyzer,
    CreateArchiveRule: createArchiveRule,
    DeleteAnalyzer: deleteAnalyzer,
    DeleteArchiveRule: deleteArchiveRule,
    GetAnalyzedResource: getAnalyzedResource,
    GetAnalyzer: getAnalyzer,
    GetArchiveRule: getArchiveRule,
    GetFinding: getFinding,
    GetFindingV2: getFindingV2,
    GetFindingsStatistics: getFindingsStatistics,
    GetGeneratedPolicy: getGeneratedPolicy,
    ListAnalyzedResources: listAnalyzedResources,
    ListAnalyzers: listAnalyzers,
    ListArchiveRules: listArchiveRules,
    ListFindings: listFindings,
    ListFindingsV2: listFindingsV2,
    ListPolicyGenerations: listPolicyGenerations,
    ListTagsForResource: listTagsForResource,
    StartPolicyGeneration: startPolicyGeneration,
    StartResourceScan: startResourceScan,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateAnalyzer: updateAnalyzer,
    UpdateArchiveRule: updateArchiveRule,
    UpdateFindings: updateFindings,
    ValidatePolicy: validatePolicy,
  },
};
