/** The ARNs of IAM's resources (Service Authorization Reference, "Resource types defined by AWS IAM"). */

interface Named {
  readonly name: string;
  readonly path: string;
}

export function userArn(accountId: string, user: Named): string {
  return `arn:aws:iam::${accountId}:user${user.path}${user.name}`;
}

export function groupArn(accountId: string, group: Named): string {
  return `arn:aws:iam::${accountId}:group${group.path}${group.name}`;
}

export function roleArn(accountId: string, role: Named): string {
  return `arn:aws:iam::${accountId}:role${role.path}${role.name}`;
}

export function policyArn(accountId: string, policy: Named): string {
  return `arn:aws:iam::${accountId}:policy${policy.path}${policy.name}`;
}

export function instanceProfileArn(accountId: string, profile: Named): string {
  return `arn:aws:iam::${accountId}:instance-profile${profile.path}${profile.name}`;
}

export function mfaDeviceArn(accountId: string, device: Named): string {
  return `arn:aws:iam::${accountId}:mfa${device.path}${device.name}`;
}

/** @param url the issuer without `https://` */
export function oidcProviderArn(accountId: string, url: string): string {
  return `arn:aws:iam::${accountId}:oidc-provider/${url}`;
}

export function samlProviderArn(accountId: string, name: string): string {
  return `arn:aws:iam::${accountId}:saml-provider/${name}`;
}

export function rootArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`;
}
