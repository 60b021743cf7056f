import { everyStrategy } from './cells.ts';

everyStrategy('intrusion');
