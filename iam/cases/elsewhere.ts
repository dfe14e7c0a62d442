/** The rules that are not the engine's to decide, and where they are tested. */

export interface Elsewhere {
  readonly rule: number;
  readonly because: string;
  readonly file: string;
  /** A test's name, or a part of it. */
  readonly test: string;
}

export const elsewhere: readonly Elsewhere[] = [
  {
    rule: 23,
    because: 'which policies are public is a question of its own',
    file: 'iam/public-policy.test.ts',
    test: 'row 23: a policy is public unless something in it is fixed',
  },
  {
    rule: 36,
    because: 'STS joins the tags of role and session when it makes the session',
    file: 'cloud/services/sts/session-tags.test.ts',
    test: 'override the role’s whatever their case',
  },
  {
    rule: 36,
    because: 'STS carries transitive tags along the chain',
    file: 'cloud/services/sts/session-tags.test.ts',
    test: 'that are transitive go along the chain, and need the permission there too',
  },
  {
    rule: 30,
    because: 'STS refuses a transitive tag set again before it asks for permissions',
    file: 'cloud/services/sts/session-tags.test.ts',
    test: 'that are transitive cannot be set again',
  },
  {
    rule: 86,
    because: 'the region of a request is for who receives it to tell',
    file: 'cloud/permissions/context.test.ts',
    test: 'row 86: a global service is in its home region, whatever the region signed for',
  },
  {
    rule: 91,
    because: 'IAM counts what is saved: inline policies of one holder together',
    file: 'cloud/services/iam/inline-policies.test.ts',
    test: 'row 91: count together, white space aside',
  },
  {
    rule: 91,
    because: 'IAM counts what is saved: managed policies',
    file: 'cloud/services/iam/policies.test.ts',
    test: 'refuse a taken name, a faulty document and one that is too long',
  },
  {
    rule: 91,
    because: 'IAM counts what is saved: trust policies',
    file: 'cloud/services/iam/trust.test.ts',
    test: 'of more than 2,048 characters, white space aside, are refused',
  },
  {
    rule: 91,
    because: 'IAM counts what is attached',
    file: 'cloud/services/iam/attachments.test.ts',
    test: 'are ten at most',
  },
  {
    rule: 91,
    because: 'STS counts what a session is made with',
    file: 'cloud/services/sts/session-policies.test.ts',
    test: 'are checked',
  },
  {
    rule: 94,
    because: 'the sentence of a denial comes after the decision',
    file: 'iam/denial-text.test.ts',
    test: 'each layer has words of its own',
  },
  {
    rule: 94,
    because: 'S3 itself refuses to save a public policy',
    file: 'cloud/services/s3/bucket-policy.test.ts',
    test: 'because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
  },
];
