import '../terms/set-terms.js';
