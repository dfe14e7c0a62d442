/** Why a line cannot be answered. The codes are stable: docs/command.md lists them. */
export type LineFaultCode =
  | 'invalid_json'
  | 'line_too_long'
  | 'invalid_line'
  | 'invalid_principal'
  | 'unknown_principal'
  | 'malformed_policy'
  | 'missing_policy'
  | 'conflicting_policies'
  | 'internal';

export class LineFault extends Error {
  readonly code: LineFaultCode;
  /** RFC 6901, from the line's root. */
  readonly pointer: string;

  constructor(code: LineFaultCode, message: string, pointer: string) {
    super(message);
    this.code = code;
    this.pointer = pointer;
  }

  toJSON() {
    return { code: this.code, message: this.message, pointer: this.pointer };
  }
}
