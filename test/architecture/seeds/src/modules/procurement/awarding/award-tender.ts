import '../planning/create-plan-item.js';
import '../evaluating/score.js';
