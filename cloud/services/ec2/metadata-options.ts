/** The settings of an instance's metadata service (EC2 User Guide, "Configure the Instance Metadata Service options"). */
import type { InstanceMetadataOptionsRequest, InstanceMetadataOptionsResponse } from '@aws-sdk/client-ec2';
import { ec2Error } from './errors.ts';
import type { PublicImage } from './images.ts';
import type { MetadataOptions } from './state.ts';

/** What a request says; what it does not say is absent. @throws AwsError `InvalidParameterValue` */
export function readMetadataOptions(request: InstanceMetadataOptionsRequest | undefined): Partial<MetadataOptions> {
  const {
    HttpTokens,
    HttpPutResponseHopLimit: hopLimit,
    HttpEndpoint,
    HttpProtocolIpv6,
    InstanceMetadataTags,
  } = request ?? {};
  if (hopLimit !== undefined && (!Number.isInteger(hopLimit) || hopLimit < 1 || hopLimit > 64)) {
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${hopLimit}) for parameter HttpPutResponseHopLimit is invalid. Expecting a value between 1 and 64.`,
    );
  }
  const tokens = oneOf('HttpTokens', HttpTokens, ['optional', 'required']);
  const endpoint = oneOf('HttpEndpoint', HttpEndpoint, ['enabled', 'disabled']);
  const ipv6 = oneOf('HttpProtocolIpv6', HttpProtocolIpv6, ['enabled', 'disabled']);
  const tags = oneOf('InstanceMetadataTags', InstanceMetadataTags, ['enabled', 'disabled']);
  return {
    ...(tokens && { tokens }),
    ...(hopLimit !== undefined && { hopLimit }),
    ...(endpoint && { endpoint }),
    ...(ipv6 && { ipv6 }),
    ...(tags && { tags }),
  };
}

function oneOf<Option extends string>(
  name: string,
  value: string | undefined,
  options: readonly Option[],
): Option | undefined {
  if (value === undefined) return undefined;
  const found = options.find((option) => option === value);
  if (found === undefined) {
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${value}) for parameter ${name} is invalid. Valid values: ${options.join(', ')}.`,
    );
  }
  return found;
}

/** What an instance of an image has unless told otherwise. */
export function defaultMetadataOptions(image: Pick<PublicImage, 'requiresTokens'>): MetadataOptions {
  return image.requiresTokens
    ? { tokens: 'required', hopLimit: 2, endpoint: 'enabled', ipv6: 'disabled', tags: 'disabled' }
    : { tokens: 'optional', hopLimit: 1, endpoint: 'enabled', ipv6: 'disabled', tags: 'disabled' };
}

export function shownMetadataOptions(
  options: MetadataOptions,
  State: 'applied' | 'pending' = 'applied',
): InstanceMetadataOptionsResponse {
  return {
    State,
    HttpTokens: options.tokens,
    HttpPutResponseHopLimit: options.hopLimit,
    HttpEndpoint: options.endpoint,
    HttpProtocolIpv6: options.ipv6,
    InstanceMetadataTags: options.tags,
  };
}
