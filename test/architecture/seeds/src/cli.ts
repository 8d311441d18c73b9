import './demo/demo.module.js';
import '#modules/identity';
