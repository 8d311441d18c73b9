// breaks: product-knows-no-test-code
import '../../test/support/given.js';
