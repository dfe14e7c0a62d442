/** Operations about templates: a stack's own, and others. */
import type {
  GetTemplateInput,
  GetTemplateOutput,
  GetTemplateSummaryInput,
  GetTemplateSummaryOutput,
  ParameterDeclaration,
  ValidateTemplateInput,
  ValidateTemplateOutput,
} from '@aws-sdk/client-cloudformation';
import type { ProcessOperation, ReadOperation } from '../../service.ts';
import { comparable } from '../../templates/differences.ts';
import type { Parameter } from '../../templates/parameters.ts';
import type { Template } from '../../templates/template.ts';
import { evaluate, type Names } from '../../templates/value.ts';
import { requireChangeSet } from './change-sets.ts';
import { validationError } from './errors.ts';
import { neededCapabilities, templateOf } from './reading-templates.ts';
import { givenTemplate } from './sources.ts';
import { requireStackFor } from './stacks.ts';

export const getTemplate: ReadOperation<GetTemplateInput, GetTemplateOutput> = {
  kind: 'read',
  handle(account, { StackName, ChangeSetName }, call) {
    const { template } =
      ChangeSetName === undefined
        ? requireStackFor(account, StackName ?? '', call.request)
        : requireChangeSet(account, ChangeSetName, StackName, call.request).set;
    return { TemplateBody: template, StagesAvailable: ['Original', 'Processed'] };
  },
};

function shownParameter(parameter: Parameter): ParameterDeclaration {
  const { name, type, description, defaultValue, allowedValues, noEcho } = parameter;
  return {
    ParameterKey: name,
    ParameterType: type,
    NoEcho: noEcho,
    ...(defaultValue !== undefined && { DefaultValue: defaultValue }),
    ...(description !== undefined && { Description: description }),
    ParameterConstraints: allowedValues === undefined ? {} : { AllowedValues: [...allowedValues] },
  };
}

function capabilitiesShown(template: Template) {
  const { capabilities, types } = neededCapabilities(template);
  return capabilities.length === 0
    ? {}
    : {
        Capabilities: [...capabilities],
        CapabilitiesReason: `The following resource(s) require capabilities: [${types.join(', ')}]`,
      };
}

/** Metadata is shown as it stands: what it refers to is not looked up. */
const asWritten: Names = {
  ref: (name) => name,
  attribute: (resource, attribute) => `${resource}.${attribute}`,
  condition: () => true,
  mapped: () => '',
  imported: (name) => name,
  zones: () => [],
};

export const getTemplateSummary: ProcessOperation<GetTemplateSummaryInput, GetTemplateSummaryOutput> = {
  kind: 'process',
  readOnly: true,
  *run(account, input, call) {
    if (input.StackSetName !== undefined) throw validationError('Stack sets are not offered here.');
    const given = yield* givenTemplate(input, call);
    const text = given ?? (input.StackName && requireStackFor(account, input.StackName, call.request).template);
    if (!text) throw validationError('Either StackName or TemplateBody or TemplateURL must be specified.');
    const template = templateOf(text);
    const { description, metadata } = template;
    return {
      Parameters: template.parameters.map(shownParameter),
      ...(description !== undefined && { Description: description }),
      ...capabilitiesShown(template),
      ResourceTypes: [...new Set([...template.resources.values()].map(({ type }) => type.name))],
      Version: '2010-09-09',
      ...(metadata !== undefined && { Metadata: comparable(evaluate(metadata, asWritten)) }),
      DeclaredTransforms: [],
    };
  },
};

export const validateTemplate: ProcessOperation<ValidateTemplateInput, ValidateTemplateOutput> = {
  kind: 'process',
  readOnly: true,
  *run(_account, input, call) {
    const text = yield* givenTemplate(input, call);
    if (text === undefined) throw validationError('Either Template URL or Template Body must be specified.');
    const template = templateOf(text);
    return {
      Parameters: template.parameters.map(({ name, description, defaultValue, noEcho }) => ({
        ParameterKey: name,
        NoEcho: noEcho,
        ...(defaultValue !== undefined && { DefaultValue: defaultValue }),
        ...(description !== undefined && { Description: description }),
      })),
      ...(template.description !== undefined && { Description: template.description }),
      ...capabilitiesShown(template),
    };
  },
};
