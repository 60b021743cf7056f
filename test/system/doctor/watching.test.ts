import { describe } from 'vitest';
import { namesEach } from './ground.ts';
import { watchingFaults } from './watchingFaults.ts';

describe('where what finds is out of order, firebreak doctor', () => namesEach(watchingFaults));
