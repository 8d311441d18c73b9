import '../planning/create-plan-item.js';
