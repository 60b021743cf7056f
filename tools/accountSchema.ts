import * as z from 'zod';
import { worldSchema } from '../sandbox/world/schema.ts';

/** `docs/account-file.schema.generated.json`: the JSON Schema of account files, for editors. Ends in a newline. */
export function accountFileSchema(): string {
  // As a file is written, not as it is read: what has a default may be left out.
  const schema = z.toJSONSchema(worldSchema, { io: 'input' });
  const described = {
    ...schema,
    title: 'Firebreak account file (*.account.yaml)',
    description: 'The world that the sandbox, explain and tests start from. Explained in docs/account-file.md.',
  };
  return `${JSON.stringify(described, null, 2)}\n`;
}
