/** The HTTP API and the live messages as schemas. Server and page derive their types from here and from nowhere else. */
export * from './access.ts';
export * from './attempt.ts';
export * from './challenge.ts';
export * from './changes.ts';
export * from './console.ts';
export * from './event.ts';
export * from './learner.ts';
export * from './problem.ts';
