/** How a verified request was signed, for the condition keys that tell of it. */
import type { RequestFacts } from '../../cloud/call.ts';
import type { WireRequest } from '../../cloud/wire/model.ts';
import { headerOf } from './front.ts';

/** Empty for an unsigned request. @param realNow epoch milliseconds */
export function signingOf(request: WireRequest, realNow: number): Pick<RequestFacts, 'signing'> {
  const hash = headerOf(request, 'x-amz-content-sha256');
  const contentSha256 = hash === undefined ? {} : { contentSha256: hash };
  if (headerOf(request, 'authorization') !== undefined) {
    return { signing: { authType: 'REST-HEADER', version: 'AWS4-HMAC-SHA256', ...contentSha256 } };
  }
  const query = new URLSearchParams(request.target.split('?')[1] ?? '');
  if (query.has('AWSAccessKeyId'))
    return { signing: { authType: 'REST-QUERY-STRING', version: 'AWS', ...contentSha256 } };
  const date = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '');
  if (!query.has('X-Amz-Signature') || date === null) return {};
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = date.slice(1).map(Number);
  // A client's clock may be ahead.
  const age = Math.max(0, realNow - Date.UTC(year, month - 1, day, hour, minute, second));
  return { signing: { authType: 'REST-QUERY-STRING', version: 'AWS4-HMAC-SHA256', age, ...contentSha256 } };
}
