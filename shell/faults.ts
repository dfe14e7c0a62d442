/** How a command ends other than well: AWS CLI v2's exit codes and the text it writes to standard error. */

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html */
export const EXIT = { usage: 252, configuration: 253, service: 254, general: 255 } as const;

/** Ends the command with a text on standard error and an exit code. */
export class CommandFault extends Error {
  readonly exitCode: number;
  /** What goes to standard error, whole. */
  readonly stderr: string;

  constructor(stderr: string, exitCode: number) {
    super(stderr.trim());
    this.name = 'CommandFault';
    this.stderr = stderr;
    this.exitCode = exitCode;
  }
}

const HELP_BLURB = `To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
`;

const USAGE = `aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n${HELP_BLURB}`;

/** A command line that cannot be parsed; `message` as in `argument operation: Invalid choice …`. */
export function usageFault(message: string): CommandFault {
  return new CommandFault(`\nusage: ${USAGE}\naws: error: ${message}\n\n`, EXIT.usage);
}

/** Options that an operation does not have. */
export function unknownOptions(words: readonly string[]): CommandFault {
  return new CommandFault(`\nusage: ${USAGE}\nUnknown options: ${words.join(', ')}\n\n`, EXIT.usage);
}

/** The same of a command that is no operation, such as `s3 cp`. */
export function unknownCommandOptions(words: readonly string[]): CommandFault {
  return parameterFault(`Unknown options: ${words.join(',')}`);
}

/** A value that is wrong before any call is made. */
export function parameterFault(message: string): CommandFault {
  return new CommandFault(`\n${message}\n`, EXIT.usage);
}

/** `Error parsing parameter '--tags': …`. */
export function parsingFault(option: string, message: string): CommandFault {
  return parameterFault(`Error parsing parameter '${option}': ${message}`);
}

/** Credentials, region or profile are not set up. */
export function configurationFault(message: string): CommandFault {
  return new CommandFault(`\n${message}\n`, EXIT.configuration);
}

/** Anything else. */
export function generalFault(message: string): CommandFault {
  return new CommandFault(`\n${message}\n`, EXIT.general);
}

/** An error that a service answered with. */
export class ServiceFault extends CommandFault {
  readonly code: string;
  readonly operation: string;
  readonly status: number;
  /** The service's own words. */
  readonly detail: string;

  constructor(operation: string, code: string, detail: string, status: number, retries: number) {
    const reached = retries > 0 ? ` (reached max retries: ${retries})` : '';
    super(`\nAn error occurred (${code}) when calling the ${operation} operation${reached}: ${detail}\n`, EXIT.service);
    this.name = 'ServiceFault';
    this.code = code;
    this.operation = operation;
    this.status = status;
    this.detail = detail;
  }
}
