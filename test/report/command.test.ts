import { describe, expect, test } from 'vitest';
import { commandFor } from '../../shared/report/command.ts';

describe('a key that an attacker wrote a part of', () => {
  test('leaves no line in a command: the key is cut before it, and its beginning finds the incident', () => {
    expect(commandFor('undo', 'ecs-group/1/prod/family:a b', 'prod')).toBe(
      'firebreak undo ecs-group/1/prod/family:a --stage prod',
    );
    expect(commandFor('undo', 'ecs-group/1/prod/$(reboot)', 'prod')).toBe(
      "firebreak undo 'ecs-group/1/prod/$(reboot)' --stage prod",
    );
    expect(commandFor('undo', 'image/1/app\nundo everything', 'prod')).toBe('firebreak undo image/1/app --stage prod');
  });
});
