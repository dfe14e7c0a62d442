/** The condition keys that say what a call is about to change: `ec2:Attribute`, `ec2:Attribute/…`, `ec2:NewInstanceProfile`. */
import { own } from '../../own.ts';
import type { Permission, PermissionFacts } from '../../service.ts';
import { profileNamed } from './profile-names.ts';

type Input = Readonly<Record<string, unknown>>;

/** Members that choose what is changed, and are not changed themselves. */
const selectors = new Set(['InstanceId', 'VpcId', 'SubnetId', 'DryRun', 'Attribute', 'Value']);

/** The operations that have the keys, with the type of resource that they change. */
const changing: Readonly<Record<string, string>> = {
  ModifyInstanceAttribute: 'instance',
  ModifyInstanceMetadataOptions: 'instance',
  ModifySubnetAttribute: 'subnet',
  ModifyVpcAttribute: 'vpc',
};

export function attributeContext(
  operation: string,
  type: string,
  input: Input,
  facts: PermissionFacts,
): Permission['context'] {
  if (operation === 'AssociateIamInstanceProfile' || operation === 'ReplaceIamInstanceProfileAssociation') {
    const account = own(facts.world.accounts, facts.callerAccountId);
    const profile = account && profileNamed(account, input['IamInstanceProfile'] as Input | undefined);
    return profile === undefined ? {} : { 'ec2:NewInstanceProfile': profile.arn };
  }
  if (own(changing, operation) !== type) return {};
  const changed = Object.entries(input).filter(([name, value]) => !selectors.has(name) && value !== undefined);
  // The old form: one attribute by its name, and its value as text.
  const { Attribute, Value } = input;
  if (typeof Attribute === 'string') changed.push([Attribute.charAt(0).toUpperCase() + Attribute.slice(1), Value]);
  if (changed.length === 0) return {};
  const only = changed.length === 1 ? changed[0]?.[0] : undefined;
  return {
    'ec2:Attribute': only ?? changed.map(([name]) => name),
    ...Object.fromEntries(
      changed.flatMap(([name, value]) => {
        const text = textOf(value);
        return text === undefined ? [] : [[`ec2:Attribute/${name}`, text] as const];
      }),
    ),
  };
}

/** A value, or the one in a structure `{Value: …}`; bytes and lists are told by their name alone. */
function textOf(value: unknown): string | undefined {
  const inner = typeof value === 'object' && value !== null && 'Value' in value ? value.Value : value;
  return typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'boolean'
    ? String(inner)
    : undefined;
}
