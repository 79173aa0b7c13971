;;; sqlc-swift.el --- SQL of sqlc-swift projects, with Eglot  -*- lexical-binding: t; -*-

;; Emacs 29 or later, which has Eglot. In the init file:
;;
;;   (load "/path/to/sqlc-swift.el")

;;; Code:

(require 'eglot)
(require 'sql)

(add-to-list 'eglot-server-programs '(sql-mode . ("sqlc-swift" "lsp")))

(defun sqlc-swift-start ()
  "Start the language server where a configuration of sqlc-swift is above the file."
  (when (and buffer-file-name
             (locate-dominating-file
              buffer-file-name
              (lambda (folder)
                (seq-some (lambda (name) (file-exists-p (expand-file-name name folder)))
                          '("sqlc-swift.yaml" "sqlc-swift.yml" "sqlc-swift.json")))))
    (eglot-ensure)))

(add-hook 'sql-mode-hook #'sqlc-swift-start)

(provide 'sqlc-swift)
;;; sqlc-swift.el ends here
