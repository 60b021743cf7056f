import type { MessageAttributes } from '../state.ts';

/** Attributes as a form carries them: every value a string, binary ones in base64. */
export function attributesOf(
  given: Readonly<Record<string, { DataType?: unknown; StringValue?: unknown; BinaryValue?: unknown }>> = {},
): MessageAttributes {
  return Object.fromEntries(
    Object.entries(given).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        DataType: String(DataType ?? ''),
        StringValue: StringValue === undefined ? undefined : String(StringValue),
        BinaryValue: BinaryValue === undefined ? undefined : Buffer.from(String(BinaryValue), 'base64'),
      },
    ]),
  );
}
