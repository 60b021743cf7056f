import { describe } from 'vitest';
import { decidingFaults } from './decidingFaults.ts';
import { namesEach } from './ground.ts';

describe('where what decides and tells is out of order, firebreak doctor', () => namesEach(decidingFaults));
