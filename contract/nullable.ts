import { type TSchema, Type } from 'typebox';

/** A value, or null where there is none yet. */
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
