import '../../../test/support/given.js';
import 'fast-check';
