// breaks: commands-load-what-they-need
import './demo/demo.module.js';
import '#modules/identity';
