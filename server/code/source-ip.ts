/** Where requests of code come from: an address that documentation has for itself (RFC 5737), which no learner's machine has. */
export const codeSourceIp = '192.0.2.10';
