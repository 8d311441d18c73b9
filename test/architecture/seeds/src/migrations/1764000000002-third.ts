import '../platform/database/migrations.js';
