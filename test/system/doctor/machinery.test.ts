import { describe } from 'vitest';
import { namesEach } from './ground.ts';
import { machineryFaults } from './machineryFaults.ts';

describe('where what brings and handles is out of order, firebreak doctor', () => namesEach(machineryFaults));
