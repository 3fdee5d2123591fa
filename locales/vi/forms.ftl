# What forms ask and settings are called: titles, help and values that can be chosen. Read by whoever shows a form, where
# no name can be mistaken for a title.

## General

set-general = Chung
set-popup-window = Cửa sổ bật lên
set-popup-window-about = Mở thêm một cửa sổ nhỏ khi có cuộc gọi đổ chuông.
set-proxy = Proxy
set-proxy-about = http://[người dùng:mật khẩu@]máy:cổng; để trống: theo hệ thống.
set-ca-file = Chứng chỉ
set-ca-file-about = Tệp PEM gồm các chứng chỉ được tin cậy thêm ngoài của hệ thống.
set-popups = Cuộc gọi được báo
set-popups-about = Báo cuộc gọi của ai.

## What alerts say and do

set-alerts = Thông báo nói gì và làm gì
set-on-lock = Khi màn hình bị khóa
set-on-lock-about = cuộc gọi đang đổ chuông hiện gì
set-missed-on-lock = … của cuộc gọi nhỡ
set-missed-on-lock-about = cuộc gọi nhỡ hiện gì khi màn hình bị khóa
set-while-sharing = Khi chia sẻ màn hình
set-while-sharing-about = cuộc gọi đang đổ chuông hiện gì; xem `ringside share`
set-missed-while-sharing-about = cuộc gọi nhỡ hiện gì khi chia sẻ màn hình
set-sound = Âm thanh
set-sound-about = âm thanh của máy cho cuộc gọi đổ chuông, ngoài chuông điện thoại
set-missed-sound = Âm thanh cuộc gọi nhỡ
set-missed-sound-about = âm thanh của máy cho cuộc gọi nhỡ
set-crm-url = Hệ thống khách hàng
set-crm-url-about = nơi tra cứu người gọi, ví dụ https://host/search?q={ "{" }number{ "}" }

## Windows

set-window = Cửa sổ
set-theme = Màu sắc
set-theme-about = theo hệ thống (system), sáng (light), tối (dark) hoặc tương phản (contrast)
set-density = Khoảng cách
set-density-about = thoáng (roomy): mỗi đồng nghiệp hai dòng; gọn (compact): một dòng
set-text-percent = Cỡ chữ
set-text-percent-about = theo phần trăm, từ 100 đến 200
set-language = Ngôn ngữ
set-language-about = của cửa sổ, khay, thông báo và dòng lệnh

## Call history

set-history = Lịch sử cuộc gọi
set-keep-days = Giữ cuộc gọi trong
set-keep-days-about = Số ngày giữ cuộc gọi; 0 là không giữ

## Address books

set-contacts = Ai đang gọi: sổ địa chỉ của riêng bạn; không có gì rời khỏi máy này
set-files = Tệp
set-files-about = tệp vCard (.vcf) và CSV, tệp đáng tin nhất trước; ~ là thư mục nhà của bạn
set-country = Quốc gia
set-country-about = có số trong nước nằm trong đó, ví dụ VN
set-carddav-url = Sổ địa chỉ trên máy chủ
set-carddav-url-about = địa chỉ CardDAV của một sổ địa chỉ
set-carddav-user = Người dùng ở đó
set-carddav-user-about = mật khẩu nằm trong chùm khóa: ringside contacts sign-in

## Do-not-disturb

set-dnd = Không làm phiền
set-schedule = Lịch
set-schedule-about = Khi nào tự bật, ví dụ "mon-fri 17:00-08:00".
set-morning = Buổi sáng
set-morning-about = Giờ mà `đến ngày mai` kết thúc.
set-working-days = Ngày làm việc
set-working-days-about = Những ngày mà `đến ngày mai` có thể kết thúc, ví dụ mon-fri.
set-ask-again-after = Hỏi lại sau
set-ask-again-after-about = Khi nào hỏi lại nếu bật mà không có giờ kết thúc.
set-toggle-for = Thời lượng của phím tắt
set-toggle-for-about = Phím tắt bật trong bao lâu.
set-let-through = Cho gọi qua
set-let-through-about = Các số vẫn đổ chuông, ví dụ "+84 24 1234 5678".
set-second-call-within = Cuộc gọi thứ hai
set-second-call-within-about = Người gọi lại trong khoảng này sẽ đổ chuông; 0m là không bao giờ.

## Hotkeys

set-hotkeys = Phím có tác dụng dù cửa sổ nào đang giữ bàn phím
set-hotkey-dnd = Không làm phiền
set-hotkey-dnd-about = Bật hoặc tắt không làm phiền, ví dụ Ctrl+Alt+D.
set-hotkey-window = Cửa sổ
set-hotkey-window-about = Mở cửa sổ, ví dụ Ctrl+Alt+R.
hotkey-toggles = Bật hoặc tắt không làm phiền

## Rules

set-rule = Xử lý một số cuộc gọi: quy tắc khớp đầu tiên quyết định
set-rule-account = Tài khoản
set-rule-account-about = cuộc gọi của tài khoản này
set-rule-line = Đường dây
set-rule-line-about = cuộc gọi qua đường dây có tên hoặc mã này
set-rule-number = Số
set-rule-number-about = cuộc gọi từ số này; +8470* cho mọi số bắt đầu như vậy, hidden cho số ẩn
set-rule-kind = Loại
set-rule-kind-about = cuộc gọi đổ chuông, hoặc cuộc không ai trả lời; mặc định: cả hai
set-rule-alert = Thông báo
set-rule-alert-about = có hiện hay không, dù đổ chuông máy ai
set-rule-sound-about = máy có phát âm thanh hay không
set-rule-popup-about = có mở thêm cửa sổ nhỏ hay không

## Values that can be chosen

choice-system = theo hệ thống
choice-light = sáng
choice-dark = tối
choice-contrast = tương phản
choice-roomy = thoáng
choice-compact = gọn
choice-mine = của tôi
choice-all = tất cả
choice-none = không
choice-show = hiện
choice-hide-name = ẩn tên
choice-auto = tự động

## What providers ask for

field-address = Địa chỉ
field-where-events = Nơi các sự kiện đến.
field-where-events-nguc = Nơi các sự kiện đến; mã của phiên được thêm vào.
field-rest = API REST.
field-events = Sự kiện
field-transport = Cách truyền
field-transport-about = Sự kiện đến bằng cách nào; auto chọn cách tốt nhất dùng được.
field-personal-token = Mã cá nhân
field-personal-token-about = Tạo mã tại app.relatel.dk, mục Tài khoản, Ứng dụng được phép.
field-firehose-url = Firehose ở đâu, ví dụ https://pbx.example.com:9443.
field-domain = Tên miền
field-domain-about = Tên hoặc realm của tài khoản mà bạn dùng để đăng nhập.
field-accounts = Tài khoản
field-accounts-about = Mã các tài khoản cần nghe; nếu không ghi thì là của bạn và các tài khoản con.
field-events-about = Các sự kiện cần nghe; nếu không ghi thì tất cả. Đổ chuông cần CHANNEL_CREATE.
field-me = Tôi
field-me-about = Bạn là ai, nếu không tự tìm được: owner_id, devices, extension.
field-token-in-about = Mã của kết nối được gửi ở đâu; query sẽ nằm lại trong nhật ký của proxy.
field-crossbar = API REST của Kazoo, nếu bạn được dùng: cho tên, không làm phiền và cuộc gọi đang diễn ra.
field-user-and-password = Tên người dùng và mật khẩu
field-user-name = Tên người dùng
field-password = Mật khẩu
field-portal = Như khi bạn đăng nhập cổng của nhà cung cấp.
field-client-id = Mã ứng dụng khách
field-client-id-about = `external.` và tên công ty như NGUC đã đưa cho bạn; cần khi đăng nhập bằng mật khẩu.
field-user-id = Mã người dùng của bạn
field-user-id-about = Mã của bạn tại NGUC; chỉ cần khi Ringside không tự tìm được.
field-time-zone = Múi giờ
field-time-zone-about = Múi giờ của những mốc thời gian NGUC ghi mà không kèm múi giờ.
field-event-map = Bảng sự kiện
field-event-map-about = Đường dẫn đầy đủ của tệp cho biết ý nghĩa các sự kiện của NGUC; xem docs/event-map.md.
field-nguc-user = Tên bạn dùng để đăng nhập NGUC.
field-nguc-password = Mật khẩu của bạn tại NGUC.
field-code = Mã dùng một lần
field-code-about = Mã xác thực bước hai, nếu bạn có.
field-token = Mã
field-access-token = Mã truy cập
field-nguc-token-about = Mã mà NGUC đã cấp cho bạn.
field-refresh-token = Mã gia hạn
field-nguc-refresh-about = Thứ để lấy mã tiếp theo; không có thì mã này dùng đến khi hết hạn.
field-token-path = Đường dẫn lấy mã
field-token-path-about = Nơi API cấp mã cho sự kiện.
field-channels = Kênh
field-channels-about = Nghe những gì; { "{" }id{ "}" } là người dùng của bạn.
field-agent = Tổng đài viên
field-agent-about = Bạn là tổng đài viên nào, nếu người dùng không cho biết.
field-dnd-status = Trạng thái không làm phiền
field-dnd-status-about = Trạng thái tổng đài viên cho không làm phiền.
field-available-status = Trạng thái rảnh
field-available-status-about = Trạng thái tổng đài viên sau không làm phiền.
field-pat-about = Mã cá nhân, ví dụ pat_live_…
field-renews = Gia hạn mã truy cập sắp hết hạn.
field-email-and-password = E-mail và mật khẩu
field-email = E-mail
field-as-at-semaswift = Như tại Semaswift.
field-token-url = Địa chỉ cấp mã
field-token-url-about = Nơi tổ chức của bạn cấp mã Stringee; bỏ trống nếu bạn dán mã.
field-softphone = Người dùng của softphone
field-softphone-about = Bỏ trống nếu mã là người dùng của softphone: người gọi được hiện, nhưng Stringee coi bạn là trực tuyến khi Ringside chạy, dù có softphone hay không. Nếu mã là của người quan sát riêng, hãy ghi người dùng của softphone ở đây: cuộc gọi không bị ảnh hưởng, nhưng có thể thiếu số người gọi nếu không có trạm chuyển tiếp.
field-stringee-api = API REST; dự án ở khu vực khác có địa chỉ riêng.
field-server-list = Danh sách máy chủ
field-server-list-about = Nơi hỏi danh sách máy chủ; nếu không có thì hỏi API REST.
field-servers = Máy chủ
field-servers-about = Máy chủ để kết nối thay vì hỏi danh sách, ví dụ wss://v1.stringee.com:6899/.
field-relay = Trạm chuyển tiếp
field-relay-about = Trạm chuyển tiếp của tổ chức bạn, nếu có: nó biết ai đang ở đó, số người gọi và không làm phiền.
field-dnd-attribute = Thuộc tính không làm phiền
field-dnd-attribute-about = Thuộc tính cho biết không làm phiền.
field-dnd-on = Bật không làm phiền
field-dnd-on-about = Giá trị của thuộc tính khi đang bật.
field-dnd-off = Tắt không làm phiền
field-dnd-off-about = Giá trị của thuộc tính khi đang tắt.
field-org-token-url = Địa chỉ cấp mã của tổ chức
field-authorization = Authorization
field-authorization-about = Địa chỉ cấp mã của tổ chức cần gì ở tiêu đề Authorization, nếu có.
field-pasted-token = Mã dán vào
field-client-token = Mã khách
field-client-token-about = Mã khách Stringee; dùng được đến khi hết hạn.
field-relay-token = Mã của trạm chuyển tiếp
field-relay-token-about = Trạm chuyển tiếp cần gì thay cho nó, nếu có.
