/** Rules about the ARNs of Resource and NotResource. IAM User Guide, "IAM JSON policy elements: Resource"; "IAM identifiers". */
import { isAccountId } from '../../arn.ts';
import { isDigits } from '../../conditions/date.ts';
import type { ResourceType } from '../catalogue.ts';
import type { CheckContext } from '../context.ts';
import type { TextValue } from '../document.ts';
import { rewrite } from '../edits.ts';
import { ARN_SERVICES, REGIONS } from '../known-services.ts';
import { arnMatcher, hasWildcard, nearest, withoutVariables } from '../pattern.ts';

export function checkArns(context: CheckContext): void {
  const types = new Map<string, readonly ResourceType[]>();
  const typesOf: TypesOf = (service) => {
    const known = types.get(service) ?? ownTypes(context.catalogue.get(service)?.resourceTypes ?? [], service);
    types.set(service, known);
    return known;
  };
  for (const { resources } of context.document.statements) {
    for (const value of resources?.values ?? []) checkArn(context, value, typesOf);
  }
}

/** The resource types that have ARNs of a service, as far as it is known in detail. */
type TypesOf = (service: string) => readonly ResourceType[];

function ownTypes(types: readonly ResourceType[], service: string): readonly ResourceType[] {
  return types.filter(({ arn }) => arn.split(':')[2] === service);
}

const isLiteral = (text: string) => text !== '' && !hasWildcard(text) && !text.includes('$');

function checkArn(context: CheckContext, value: TextValue, typesOf: TypesOf): void {
  const { report } = context;
  const { text } = value;
  const placeholder = ['<', '>', '[', 'ACCOUNT_ID', 'ACCOUNT-ID', 'YOUR_', 'YOUR-'].find((mark) => text.includes(mark));
  if (placeholder !== undefined) {
    report('placeholder-in-arn', value, `"${text}" holds a placeholder: write what it stands for, or "*".`);
    return;
  }
  const parts = text.split(':');
  if (parts.length < 2) return;
  const [prefix = '', partition = '', service = '', region = '', account = ''] = parts;
  if (prefix !== 'arn') {
    const isNear = prefix.toLowerCase() === 'arn' || parts.length >= 6;
    const repair = isNear ? rewrite(value, ['arn', ...parts.slice(1)].join(':')) : undefined;
    if (!hasWildcard(prefix) && prefix !== 's3')
      report('arn-prefix', value, `"${text}" is no ARN: an ARN begins with arn:`, repair);
    return;
  }
  if (parts.length < 6) {
    if (parts.length >= 3 && service !== '' && !text.includes('${')) reportShort(context, value, parts);
    return;
  }
  const write = (changes: { service?: string; region?: string; account?: string }) =>
    rewrite(
      value,
      [
        'arn',
        partition,
        changes.service ?? service,
        changes.region ?? region,
        changes.account ?? account,
        ...parts.slice(5),
      ].join(':'),
    );
  if (!isLiteral(service)) return;
  const lower = service.toLowerCase();
  if (lower !== service) {
    report(
      'arn-service-letter-case',
      value,
      `The service of an ARN has no capitals: write ${lower}.`,
      write({ service: lower }),
    );
    return;
  }
  if (context.services?.has(service) === false && !ARN_SERVICES.includes(service)) {
    const meant = nearest(service, [...context.services, ...ARN_SERVICES]);
    const message = `No service has ARNs of "${service}".${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
    report('arn-unknown-service', value, message, meant === undefined ? undefined : write({ service: meant }));
    return;
  }
  if (isLiteral(region) && !REGIONS.has(region)) {
    const meant = nearest(region, REGIONS);
    const message = `There is no Region "${region}".${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
    report('arn-unknown-region', value, message, meant === undefined ? undefined : write({ region: meant }));
    return;
  }
  if (isLiteral(account) && isDigits(account) && !isAccountId(account)) {
    report('arn-invalid-account', value, `"${account}" is no account: an account id has twelve digits.`);
    return;
  }
  const types = typesOf(service);
  const isOf = arnMatcher(text);
  if (types.length > 0 && !types.some(({ arn }) => isOf(arn))) reportForm(context, value, types);
  else if (service === 's3' && region === '' && account === '')
    checkBucket(context, value, withoutVariables(text).split(':').slice(5).join(':'));
}

/** An ARN with fewer than five colons. Of S3 the name has slipped to where Region or account would be; it has neither. */
function reportShort({ report }: CheckContext, value: TextValue, parts: readonly string[]): void {
  const { text } = value;
  const [, partition = '', service = ''] = parts;
  const last = parts.length > 3 ? (parts.at(-1) ?? '') : '';
  if (service === 's3' && last !== '' && last !== '*' && !REGIONS.has(last) && !isAccountId(last)) {
    const meant = `arn:${partition}:s3:::${last}`;
    report('short-arn', value, `"${text}" has too few colons: it is ${meant}.`, rewrite(value, meant));
    return;
  }
  const whole = [...parts.map((part) => (part === '' ? '*' : part)), '*', '*', '*', '*'].slice(0, 6).join(':');
  report('short-arn', value, `"${text}" ends early: IAM reads it as ${whole}. Write it out.`, rewrite(value, whole));
}

/** Which part of an ARN of no known form is the wrong one: the one with which it would be of a known form. */
function reportForm({ report }: CheckContext, value: TextValue, types: readonly ResourceType[]): void {
  const { text } = value;
  const [prefix = '', partition = '', service = '', region = '', account = '', ...resource] = text.split(':');
  const tried = (newRegion: string, newAccount: string) => {
    const whole = [prefix, partition, service, newRegion, newAccount, ...resource].join(':');
    const isOf = arnMatcher(whole);
    return whole !== text && types.some(({ arn }) => isOf(arn)) ? whole : undefined;
  };
  const noRegion = tried('', account);
  if (noRegion !== undefined) {
    report('arn-region-not-allowed', value, `ARNs of this kind have no Region: ${noRegion}.`, rewrite(value, noRegion));
    return;
  }
  const noAccount = tried(region, '') ?? tried('', '');
  if (noAccount !== undefined) {
    report(
      'arn-account-not-allowed',
      value,
      `ARNs of this kind have no account: ${noAccount}.`,
      rewrite(value, noAccount),
    );
    return;
  }
  const anyAccount = account === '' ? tried(region, '*') : undefined;
  if (anyAccount !== undefined) {
    report(
      'arn-account-missing',
      value,
      `ARNs of this kind have an account: ${anyAccount}.`,
      rewrite(value, anyAccount),
    );
    return;
  }
  const isRegional = types.some(({ arn }) => arn.split(':')[3] !== '');
  const anyRegion =
    region === '' && isRegional ? (tried('*', account) ?? tried('*', account === '' ? '*' : account)) : undefined;
  if (anyRegion !== undefined) {
    report('arn-region-missing', value, `ARNs of this kind have a Region: ${anyRegion}.`, rewrite(value, anyRegion));
    return;
  }
  const forms = types
    .map(({ arn }) => arn)
    .slice(0, 4)
    .join(', ');
  report(
    'arn-unknown-format',
    value,
    `"${text}" is no ARN of ${service}, which has ${forms}${types.length > 4 ? ' …' : ''}.`,
  );
}

/** S3 User Guide, "Bucket naming rules". */
function checkBucket({ report }: CheckContext, value: TextValue, resource: string): void {
  const slash = resource.indexOf('/');
  const name = slash < 0 ? resource : resource.slice(0, slash);
  const odd = [...name].find((unit) => !'abcdefghijklmnopqrstuvwxyz0123456789.-*?'.includes(unit));
  const isBadLength = isLiteral(name) && (name.length < 3 || name.length > 63);
  if (odd !== undefined || isBadLength) {
    const message = `"${name}" is no name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens.`;
    report('invalid-bucket-name', value, message);
  } else if (slash >= 0 && slash === resource.length - 1) {
    const message = `"${value.text}" names one object without a name. The objects of the bucket are ${value.text}*.`;
    report('empty-object-key', value, message, rewrite(value, `${value.text}*`));
  }
}
