/**
 * Percent-encoding by AWS's own set: everything but A-Z a-z 0-9 - . _ ~ is encoded, a space as %20, hex in upper case (RFC 3986;
 * IAM User Guide, "Create a signed AWS API request").
 * @param keep further characters that stay, `/` for a path
 */
export function percentEncode(text: string, keep = ''): string {
  const encoded = encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return [...keep].reduce((all, character) => all.replaceAll(encodeURIComponent(character), character), encoded);
}
