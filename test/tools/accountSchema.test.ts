import { describe, expect, it } from 'vitest';
import { accountFileSchema } from '../../tools/accountSchema.ts';

const schema = JSON.parse(accountFileSchema());

describe('the JSON Schema of account files', () => {
  it('lets everything be left out that has a default, and refuses keys that nothing reads', () => {
    expect(schema.required).toBeUndefined();
    expect(schema.additionalProperties).toBe(false);
    const image = schema.properties.repositories.items.properties.images.items;
    expect(image.required).toEqual(['digest']);
    expect(image.additionalProperties).toBe(false);
    expect(image.properties.storageClass).toMatchObject({ enum: ['STANDARD', 'ARCHIVE'], default: 'STANDARD' });
  });

  it('describes every key, for editors', () => {
    const undescribed: string[] = [];
    const walk = (inner: { properties?: Record<string, never>; items?: never }, path: string): void => {
      for (const [key, value] of Object.entries<{ description?: string }>(inner.properties ?? {})) {
        if (value.description === undefined) undescribed.push(`${path}${key}`);
        walk(value as never, `${path}${key}.`);
      }
      if (inner.items !== undefined) walk(inner.items, path);
    };
    walk(schema, '');
    expect(undescribed).toEqual([]);
  });

  it('is a text of its own that ends in a newline', () => {
    expect(accountFileSchema()).toBe(accountFileSchema());
    expect(accountFileSchema().endsWith('}\n')).toBe(true);
  });
});
