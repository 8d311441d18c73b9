// breaks: product-knows-no-test-code
import './account.test-support.js';
