import '../terms/set-terms.js';
import '#modules/budgets';
