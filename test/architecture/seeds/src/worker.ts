import './app.module.js';
