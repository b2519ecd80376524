// What a value from another part, or from outside, is. The checks of messages are made of these.

export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
export const isText = (value: unknown, max: number): value is string => typeof value === "string" && value.length <= max;
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Ids of recorders, sessions and images. */
export const isId = (value: unknown): value is string => isText(value, 64) && /^[0-9a-f-]+$/.test(value);
