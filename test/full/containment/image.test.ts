import { everyStrategy } from './cells.ts';

everyStrategy('image');
